package dev.signaltoorder.report;

import java.util.List;

/**
 * What every page shows around its content.
 *
 * @param modeTone style class of the notice
 * @param modeName the mode as configured
 * @param modeNotice what the mode means for money, in one sentence
 * @param version of the program; also keeps a browser from using yesterday's style sheet
 * @param links the pages that this reader may see
 * @param reader who is signed in
 */
public record PageFrame(
    String modeTone,
    String modeName,
    String modeNotice,
    String version,
    List<Link> links,
    String reader) {

  /** A page of the console. */
  public record Link(String href, String words, boolean current) {}

  /** The frame of a service that runs in {@code mode}. */
  static PageFrame of(String mode, String version, List<Link> links, String reader) {
    String notice =
        switch (mode) {
          case "paper" -> "Orders go to the built-in simulated exchange. No real money moves.";
          case "validate" -> "Kraken checks each order and places none.";
          case "live" -> "Orders are real and cost real money.";
          default -> "This mode is not known here.";
        };
    boolean harmless = mode.equals("paper") || mode.equals("validate");
    return new PageFrame(harmless ? "paper" : "live", mode, notice, version, links, reader);
  }
}
