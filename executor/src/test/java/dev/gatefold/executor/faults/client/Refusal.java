package dev.gatefold.executor.faults.client;

/** An error that the server answered an application with. */
public record Refusal(String state, String message, boolean announced) {}
