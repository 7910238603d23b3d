package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import java.util.Optional;

/**
 * A column that comes.
 *
 * @param mark tells names of ours that belong to it from those of the table's other new columns
 * @param number by which the templates of the mappings know it
 * @param name the name that it has in the end
 * @param keepsName whether that is the name of an old column of its group
 * @param notNull whether it refuses NULL in the end
 * @param defaultValue the default that it has in the end
 * @param up its value, from the old columns of its group
 */
public record NewColumn(
    String mark,
    int number,
    Identifier name,
    boolean keepsName,
    ColumnType type,
    boolean notNull,
    Optional<String> defaultValue,
    MappingProbe up) {}
