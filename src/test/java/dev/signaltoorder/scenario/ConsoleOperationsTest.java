package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What operators do on the operations page, and that it is said in words. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleOperationsTest extends ConsoleInBrowser {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final String NONE_QUARANTINED =
      "<p data-item=\"none\">No order is quarantined.</p>";

  @Test
  void anOperatorHaltsAndResumes() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator halt = page.locator("section[aria-labelledby=halt]");
    Locator resume = page.locator("section[aria-labelledby=resume]");

    button(page, "Rehearse only").click();
    assertThat(halt.locator("output")).containsText("nothing was halted");
    button(page, "Halt trading").click();
    button(page, "No, go back").click();
    assertThat(halt.locator("output")).hasText("Nothing was done.");
    assertThat(page.locator("#live-region .badge").first()).hasText("Trading");

    halt.getByLabel("Reason").fill(HOSTILE);
    button(page, "Halt trading").click();
    button(page, "Yes").click();
    assertThat(halt.locator("output")).containsText("Halted.");
    assertThat(page.locator("#live-region .badge").first()).hasText("Halted");
    assertThat(page.locator("#live-region")).containsText(HOSTILE);

    resume.getByLabel("Reason").fill("seen and understood");
    button(page, "Resume trading").click();
    button(page, "Yes").click();
    assertThat(resume.locator("output")).containsText("Resumed.");
    assertThat(page.locator("#live-region .badge").first()).hasText("Trading");
  }

  @Test
  void anOperatorRehearsesAHaltByTheKeyboardAlone() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator focused = page.locator(":focus");

    for (int i = 0;
        i < 40 && page.locator("button:text-is('Rehearse only'):focus").count() == 0;
        i++) {
      page.keyboard().press("Tab");
    }
    assertThat(focused).hasText("Rehearse only");
    page.keyboard().press("Enter");

    assertThat(page.locator("section[aria-labelledby=halt] output"))
        .containsText("nothing was halted");
    assertThat(focused).hasText("Rehearse only");
  }

  @Test
  void whatBecomesOfStopsAndExitsIsAskedOnlyWhereOrdersAreCancelled() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator halt = section(page, "halt");
    assertThat(halt.locator("[name=stops]")).isDisabled();
    assertThat(halt.locator("[name=exits]")).isDisabled();

    halt.locator("[value=CANCEL_ALL]").check();
    halt.locator("[name=stops]").selectOption("cancel");
    halt.locator("[value=ENTRIES]").check();
    assertThat(halt.locator("[name=stops]")).isDisabled();
    button(halt, "Rehearse only").click();

    assertThat(halt.locator("output")).containsText("nothing was halted");
  }

  @Test
  void anOperatorLetsTheExchangeFailSeesItAndClearsIt() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator faults = section(page, "faults");
    Locator on = faults.locator("#faults-on");
    assertThat(on).hasText("Nothing is switched on.");

    faults.locator("[name=endpoint]").selectOption("TradeVolume");
    faults.locator("[name=kind]").selectOption("UNAVAILABLE");
    faults.locator("[name=times]").fill("0");
    button(faults, "Switch on").click();

    assertThat(faults.locator("output").first()).containsText("TradeVolume: UNAVAILABLE");
    assertThat(on).hasText("TradeVolume: not carried out: Kraken is unavailable, until cleared");
    assertThat(switchedOn()).contains("\"TradeVolume\":\"UNAVAILABLE");
    faults.locator("[name=times]").fill("-1");
    button(faults, "Switch on").click();
    assertThat(faults.locator("[name=times]:invalid")).isFocused();

    button(faults, "Clear all faults").click();

    assertThat(faults.locator("output").last()).containsText("nothing");
    assertThat(faults.locator("output").first()).isEmpty();
    assertThat(on).hasText("Nothing is switched on.");
    assertThat(switchedOn()).contains("\"calls\":{}");
  }

  private String switchedOn() {
    return operator().get("/paper/faults").body();
  }

  /** The answers of the server are made up: an order is quarantined only after many minutes. */
  @Test
  void quarantinedOrdersAppearByThemselvesAndWhatIsFilledInStays() {
    AtomicReference<String> orders = new AtomicReference<>("");
    Page page = browser().page(service, TestSecrets.OPERATOR);
    page.route(
        "**/console/operations",
        route -> {
          // What is fetched for the page is not asked to sign in.
          Map<String, String> headers = new HashMap<>(route.request().headers());
          headers.put("Authorization", credentials(TestSecrets.OPERATOR));
          APIResponse answer = route.fetch(new Route.FetchOptions().setHeaders(headers));
          String text = answer.text();
          if (!orders.get().isEmpty()) {
            text = text.replace(NONE_QUARANTINED, orders.get());
          }
          route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(text));
        });
    page.route(
        "**/operations/settle",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("application/json")
                    .setBody("{\"accounts\":{\"roomy\":\"settled as none\"}}")));
    page.navigate("/console/operations");
    Locator list = page.locator("#settle-list");
    assertThat(list).hasText("No order is quarantined.");

    orders.set(quarantined("one"));
    Locator one = list.locator("[data-item=one]");
    one.getByLabel("Kraken's order id, or none").fill("none");
    orders.set(quarantined("one") + quarantined("two"));
    assertThat(list.locator("[data-item=two]")).isVisible();
    assertThat(one.getByLabel("Kraken's order id, or none")).hasValue("none");

    one.getByLabel("Reason").fill("not at Kraken");
    one.getByRole(AriaRole.BUTTON).click();
    button(page, "Yes").click();
    assertThat(one.locator("output")).containsText("settled as none");
    orders.set("");
    assertThat(list).containsText("No order is quarantined.");
    assertThat(list.locator("[data-item=two]")).hasCount(0);
    assertThat(one.locator("output")).containsText("settled as none");
    assertThat(one.getByRole(AriaRole.BUTTON)).isDisabled();
  }

  private static String quarantined(String name) {
    return """
    <form class="act" data-item="%s" data-method="POST" data-call="/operations/settle"
      data-confirm="Settle this order for good?" data-done="Settled">
    <label>Kraken's order id, or none <input name="txid" required></label>
    <label>Reason <input name="reason" required></label>
    <p class="actions"><button type="submit">Settle</button></p>
    <output role="status"></output>
    </form>
    """
        .formatted(name);
  }

  @Test
  void anotherSiteCannotActInTheNameOfWhoIsSignedIn() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");

    int status =
        page.request()
            .post(
                "/operations/halt",
                signedIn(TestSecrets.OPERATOR)
                    .setHeader("Origin", "https://elsewhere.example")
                    .setHeader("Content-Type", "application/json")
                    .setData("{\"scope\":\"ALL\",\"reason\":\"not yours\"}"))
            .status();

    assertThat(status).isEqualTo(403);
    assertThat(operator().get("/operations/status").body()).doesNotContain("not yours");
  }

  private static RequestOptions signedIn(String user) {
    return RequestOptions.create().setHeader("Authorization", credentials(user));
  }

  private static String credentials(String user) {
    String pair = user + ":" + TestSecrets.passwordOf(user);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
