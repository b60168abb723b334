package dev.signaltoorder.paper;

/**
 * An account at the simulated exchange with one of its API keys.
 *
 * @param name account name
 * @param apiKey goes into the API-Key header
 * @param apiSecret base64, signs the calls; shown nowhere
 */
public record PaperAccount(String name, String apiKey, String apiSecret) {

  @Override
  public String toString() {
    return "PaperAccount[name=" + name + "]";
  }
}
