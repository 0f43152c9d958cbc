package org.tradepost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.platform.config.Settings;

/** The client of a request, in each form in which proxies name it. */
class TrustedProxiesTest {

  private static final String PROXY = "10.0.0.1";
  private static final TrustedProxies PROXIES =
      TrustedProxies.from(
          Settings.of(
              Map.of(
                  "TRADEPOST_TRUSTED_PROXIES",
                  "10.0.0.0/24, [fd00::7], ::ffff:10.9.0.0/112, fe80::/10")));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "1.2.3.4, 1.2.3.4",
        "1.2.3.4:5678, 1.2.3.4",
        "2001:db8::1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "[2001:db8::1]:443, 2001:db8::1",
        "\"[2001:db8::1]:443\", 2001:db8::1",
        "\"1.2.3.4\", 1.2.3.4",
        "2001:db8::1%eth0, 2001:db8::1",
        "[2001:db8::1%25eth0]:443, 2001:db8::1",
        "::ffff:1.2.3.4, 1.2.3.4",
        "[::ffff:102:304]:80, 1.2.3.4",
        "1.2.3.4:_port, 1.2.3.4",
      })
  void one_address_is_read_in_each_form(String written, String address) {
    assertThat(xForwardedFor(written)).isEqualTo(address(address));
    assertThat(xForwardedFor("9.9.9.9, " + written + " , 10.0.0.2:80")).isEqualTo(address(address));
    if (written.matches("[\\w.]+|\".*\"")) {
      assertThat(forwarded("for=" + written)).isEqualTo(address(address));
    }
    assertThat(forwarded("for=\"" + written.replace("\"", "") + '"')).isEqualTo(address(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "_hidden",
        "\"_hidden\"",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.400",
        "[1.2.3.4]",
        "[2001:db8::1",
        "2001:db8::1]:443",
        "[2001:db8::1]443",
        "1.2.3.4%eth0",
        "2001:db8::1::2",
        "1.2.3.4 5",
        "\"1.2.3.4",
        "http://1.2.3.4",
        "%",
        "[]",
        ":",
        "\""
      })
  void what_is_no_address_ends_the_way_at_the_proxy_that_added_it(String written) {
    assertThat(xForwardedFor(written)).isEqualTo(address(PROXY));
    assertThat(xForwardedFor("9.9.9.9, " + written + ", 10.0.0.2")).isEqualTo(address("10.0.0.2"));
    assertThat(forwarded("for=9.9.9.9, for=" + written)).isEqualTo(address(PROXY));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "for=1.2.3.4;proto=https;by=10.0.0.1;host=\"a;b,c\" | 1.2.3.4",
        "proto=http ; For=\"1.2.3.4:47011\" | 1.2.3.4",
        "for=9.9.9.9, for=1.2.3.4 | 1.2.3.4",
        "for=1.2.3.4,for=10.0.0.9, , for=\"[fd00::7]:80\" | 1.2.3.4",
        "for=1.2.3.4;ext=\"a \\\", for=9.9.9.9\" | 1.2.3.4",
        // It is not clear which proxy added which part.
        "for=9.9.9.9;x=\", for=\"[2001:db8::1]\" | 10.0.0.1",
        "for=9.9.9.9;x=\", for=1.2.3.4 | 10.0.0.1",
        "for=\", for=1.2.3.4 | 10.0.0.1",
        "for=9.9.9.9, proto=https | 10.0.0.1",
        "for=9.9.9.9;for=1.2.3.4 | 10.0.0.1",
        "1.2.3.4 | 10.0.0.1",
      })
  void the_standard_field_is_read_with_lists_and_quotes(String line, String address) {
    assertThat(forwarded(line)).isEqualTo(address(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
  void several_lines_are_one_list(String field) {
    var before = field.equals("Forwarded") ? "for=" : "";
    var headers =
        MultiMap.caseInsensitiveMultiMap()
            .add(field, before + "9.9.9.9")
            .add(field, before + "1.2.3.4," + before + "10.0.0.3")
            .add(field, before + "10.0.0.2");
    assertThat(from(PROXY, headers)).isEqualTo(address("1.2.3.4"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 1.2.3.4",
    "::ffff:10.0.0.1, 1.2.3.4",
    "10.9.4.5, 1.2.3.4",
    "fd00::7, 1.2.3.4",
    "fe80::1, 1.2.3.4",
    "fd00::8, fd00::8",
    "192.0.2.1, 192.0.2.1"
  })
  void only_a_listed_proxy_is_believed(String remote, String client) {
    var headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", "1.2.3.4");
    assertThat(from(remote, headers)).isEqualTo(address(client));
    assertThat(from(remote, headers.add("Forwarded", "for=1.2.3.4"))).isEqualTo(address(client));
  }

  @ParameterizedTest
  @ValueSource(strings = {"for=9.9.9.9", "for=unknown", "for=\"", "proto=https"})
  void a_client_gains_nothing_by_the_field_that_its_proxy_does_not_write(String forged) {
    var headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", "1.2.3.4");
    assertThat(from(PROXY, headers.add("Forwarded", forged))).isEqualTo(address(PROXY));
  }

  private static InetAddress xForwardedFor(String line) {
    return from(PROXY, MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", line));
  }

  private static InetAddress forwarded(String line) {
    return from(PROXY, MultiMap.caseInsensitiveMultiMap().add("Forwarded", line));
  }

  private static InetAddress from(String remote, MultiMap headers) {
    return PROXIES.addressOf(address(remote), headers);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getAllByName(text)[0];
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
