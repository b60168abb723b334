package dev.signaltoorder.scenario;

import dev.signaltoorder.testing.PackagedProfile;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link TwoAccountsRulesTest} against the packaged program. */
@QuarkusIntegrationTest
@TestProfile(PackagedProfile.TwoAccounts.class)
@Tag("packaged")
class PackagedTwoAccountsRulesIT extends TwoAccountsRulesTest {
  private static final String WHY = "only inside the program is one account given rules alone";

  @Override
  @Test
  @Disabled(WHY)
  void anAccountWithAnOlderVersionIsShownAndTheNextChangeReachesItToo() {}

  @Override
  @Test
  @Disabled(WHY)
  void whatIsLooserOnOneAccountOnlyWaitsForTheSecondOperator() {}

  @Override
  @Test
  @Disabled(WHY)
  void aConfirmationThatOneAccountCannotFollowSaysWhichOneDid() {}

  @Override
  @Test
  @Disabled(WHY)
  void aRejectionEndsWhatWaitsOnOneAccountOnly() {}
}
