package dev.gatefold.executor.demo;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.demo.traffic.Traffic;
import java.sql.Connection;

/**
 * Where the story happens, and who takes part.
 *
 * @param connection of somebody who only looks on
 */
record Scene(
    DemoDatabase database,
    Connection connection,
    Rollouts rollouts,
    Traffic traffic,
    Narrator narrator,
    Settings settings) {}
