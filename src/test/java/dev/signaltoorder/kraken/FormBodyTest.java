package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FormBodyTest {

  @Test
  void encodesAsTheSignedVectorsAreEncoded() {
    FormBody form =
        FormBody.EMPTY
            .with("ordertype", "trailing-stop")
            .with("price", "+1.5%")
            .with("oflags", "post,fciq")
            .with("deadline", "2026-10-10T10:00:30Z")
            .with("close[ordertype]", "limit");

    String encoded = form.withNonce(1616492376596L).encoded();

    assertThat(encoded)
        .isEqualTo(
            "nonce=1616492376596&ordertype=trailing-stop&price=%2B1.5%25&oflags=post%2Cfciq"
                + "&deadline=2026-10-10T10%3A00%3A30Z&close%5Bordertype%5D=limit");
  }

  @Test
  void leavesOutWhatIsNotThere() {
    assertThat(FormBody.EMPTY.with("a", null).with("b", "2").encoded()).isEqualTo("b=2");
  }

  @Test
  void encodesEveryByteOfATextBeyondAscii() {
    assertThat(FormBody.EMPTY.with("a b", "é~&=").encoded()).isEqualTo("a%20b=%C3%A9~%26%3D");
  }

  @Test
  void takesNoFieldTwice() {
    FormBody form = FormBody.EMPTY.with("nonce", "1");

    assertThatThrownBy(() -> form.withNonce(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> form.with("nonce", "2")).isInstanceOf(IllegalArgumentException.class);
  }
}
