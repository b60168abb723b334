package dev.signaltoorder.outbound;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Posts a line to a Slack incoming webhook, whose address is the secret. */
record SlackSending(HttpSending http, SecretFile address) implements Sending {

  @Override
  public void send(OutboundEvent event) throws NotTakenException, InterruptedException {
    URI target = OutboundSettings.address(address.line()).orElse(null);
    if (target == null) {
      throw new NotTakenException("its file holds no https address");
    }
    // What Slack would read as a link or a mention comes from outside too.
    String text = event.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("text", text)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    http.post(target, body, Map.of());
  }
}
