package dev.gatefold.executor.store;

import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/**
 * What somebody did, or tried to, at the gate of a stage.
 *
 * @param kind a stable word: requested, promoted, promotion-refused, approved, approval-refused
 * @param text what happened, in words
 * @param evidence the hash of what was seen, or of what was named and refused
 * @param verdict the gate's word on it; empty where nothing was measured
 * @param result how it ended: begun, done, refused, or the gate's verdict that kept it from running
 */
public record Deed(
    String kind,
    StageName stage,
    String text,
    Optional<String> evidence,
    Optional<String> verdict,
    Optional<String> reason,
    String result) {}
