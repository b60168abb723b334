package dev.signaltoorder.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTest {

  @ParameterizedTest
  @CsvSource({
    "52.89.214.238,52.89.214.238,true",
    "52.89.214.238,52.89.214.239,false",
    "10.0.0.0/8,10.255.255.255,true",
    "10.0.0.0/8,11.0.0.0,false",
    "10.1.2.128/25,10.1.2.200,true",
    "10.1.2.128/25,10.1.2.127,false",
    "0.0.0.0/0,203.0.113.9,true",
    "0.0.0.0/0,2001:db8::1,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false",
    "192.0.2.1,::ffff:192.0.2.1,true",
    "fe80::/10,fe80::1%eth0,true",
    "192.0.2.1,not an address,false"
  })
  void admitsWhatLiesInARange(String range, String address, boolean admitted) {
    AddressList list = new AddressList(List.of(AddressList.Range.parse(range).orElseThrow()));

    assertThat(list.admits(address)).isEqualTo(admitted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0/8",
        "1.2.3.4.5",
        "256.1.1.1",
        "10.0.0.0/8/8",
        "10.0.0.0/-1",
        "localhost",
        "1",
        ":"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThat(AddressList.Range.parse(text)).isEmpty();
  }

  @Test
  void admitsEveryAddressWhenNoneIsListed() {
    assertThat(new AddressList(List.of()).admits(null)).isTrue();
  }
}
