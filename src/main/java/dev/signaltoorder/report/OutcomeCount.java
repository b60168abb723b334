package dev.signaltoorder.report;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How many signals had one outcome. */
@RegisterForReflection
record OutcomeCount(String outcome, long signals) {}
