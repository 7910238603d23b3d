package dev.gatefold.planner.replacement;

import dev.gatefold.planner.schema.Publication;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.Optional;

/** A publication that names an old column and is to name the new one. */
record CarriedPublication(Publication publication, Optional<SqlTemplate> filter) {}
