package dev.signaltoorder.trading;

import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.SharedTables;
import java.time.Clock;

/** What an account's loop works with. */
record LoopContext(
    AccountSetup setup,
    Journal journal,
    FactReader facts,
    SharedTables tables,
    Markets markets,
    Clock clock,
    LoopObserver observer) {}
