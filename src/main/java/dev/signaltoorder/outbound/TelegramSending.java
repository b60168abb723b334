package dev.signaltoorder.outbound;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends a line to a Telegram chat by a bot. */
record TelegramSending(HttpSending http, URI origin, SecretFile token, String chatId)
    implements Sending {

  @Override
  public void send(OutboundEvent event) throws NotTakenException, InterruptedException {
    String bot = token.line();
    if (!bot.matches("[0-9]{1,20}:[A-Za-z0-9_-]{10,100}")) {
      throw new NotTakenException("its file holds no bot token");
    }
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("chat_id", chatId)
            .put("text", event.text())
            .put("disable_web_page_preview", true)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    http.post(origin.resolve("/bot" + bot + "/sendMessage"), body, Map.of());
  }
}
