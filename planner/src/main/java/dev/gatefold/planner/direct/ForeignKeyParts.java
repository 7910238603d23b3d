package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.TableName;
import java.util.Optional;

/**
 * What the steps of a foreign key need to know of it.
 *
 * @param culprits a query for the rows that refer to none
 */
record ForeignKeyParts(
    TableName referenced, String definition, Optional<String> comment, Optional<String> culprits) {}
