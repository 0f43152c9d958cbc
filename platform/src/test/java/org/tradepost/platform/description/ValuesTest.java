package org.tradepost.platform.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;

/** How a service reads the values that a client writes: as exactly that value, or not at all. */
class ValuesTest {

  private static final RequestSchema SCHEMA =
      RequestSchema.of(ApiDescription.load("values")).get("values.v1.put");
  private static final UUID ID = UUID.fromString("0e0f9c0a-7a53-5c6e-9f5e-6b6f2a6f2b11");

  record Price(long amount) {}

  record Put(
      UUID id,
      Long most,
      String ifMatch,
      Integer count,
      Price price,
      BigDecimal ratio,
      Instant at,
      UUID of,
      Map<String, String> names,
      List<Map<String, String>> list) {}

  @ParameterizedTest
  @CsvSource({
    "2, 2",
    "2.0, 2",
    "2e0, 2",
    "20e-1, 2",
    "0.2E1, 2",
    "1e4, 10000",
    "2.000000000000000000000, 2",
  })
  void a_whole_number_is_one_however_it_is_written(String number, int value) {
    assertThat(body("{\"count\":" + number + "}").count()).isEqualTo(value);
    assertThat(body("{\"price\":{\"amount\":" + number + "}}").price().amount()).isEqualTo(value);
    assertThat(query("most", number).most()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "0.0", "-0.0", "0e5", "-0E-999999999", "0e999999999"})
  void nothing_is_nothing_however_it_is_written(String number) {
    assertThat(body("{\"price\":{\"amount\":" + number + "}}").price().amount()).isZero();
    assertThat(query("most", number).most()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.99999999999999999999",
        "1.5",
        "1e-1",
        "10000000000.0000000001",
        "10000000001",
        "9999999999.9999999999",
        "9223372036854775808",
        "18446744073709551617",
        "36893488147419103233.0",
        "1e30",
        "1E400",
        "1e999",
        "1e1001",
        "1e999999999",
        "1e-999999999",
        "-1e999999999",
        "1.0000000000000000000000000001e999999999",
      })
  void a_number_that_is_none_of_the_field_is_rejected_with_its_pointer(String number) {
    assertFaults(rejected("{\"count\":" + number + "}"), "body /count");
    assertFaults(rejected("{\"price\":{\"amount\":" + number + "}}"), "body /price/amount");
    assertFaults(rejectedQuery("most", number), "query /most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1e400", "1e999999999", "-1e999999999", "1e-999999999"})
  void a_number_in_place_of_one_of_several_texts_is_rejected(String number) {
    assertFaults(rejected("{\"kinds\":[" + number + "]}"), "body /kinds/0");
  }

  @Test
  void a_number_between_others_is_exact() {
    assertThat(body("{\"ratio\":0.3}").ratio()).isEqualByComparingTo("0.3");
    assertFaults(rejected("{\"ratio\":0.30000000000000000001}"), "body /ratio");
    assertThat(body("{\"price\":{\"amount\":1e10}}").price().amount()).isEqualTo(10_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1", "01", "1.", ".5", "0x10", "1_0", "NaN", "Infinity", "1e", "--1"})
  void what_is_no_number_of_json_is_rejected(String number) {
    assertThat(rejected("{\"count\":" + number + "}").code()).isEqualTo("MALFORMED_JSON");
    assertFaults(rejectedQuery("most", number), "query /most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0661", "\uFF11", " 1", "1 ", "1e99999999999", ""})
  void what_only_looks_like_a_number_is_rejected(String number) {
    assertFaults(rejectedQuery("most", number), "query /most");
  }

  @Test
  void no_number_costs_more_than_its_text() {
    var numbers = "1e999999999,-1e-999999999,".repeat(2_000);
    var began = System.nanoTime();
    rejected("{\"list\":[" + numbers + "1]}");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00-00:00, 2026-01-01T00:00:00Z",
    "2026-01-01t00:00:00.5z, 2026-01-01T00:00:00.500Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2017-01-01T00:59:60+01:00, 2017-01-01T00:00:00Z",
    "2026-01-01T00:00:00-23:59, 2026-01-01T23:59:00Z",
  })
  void a_time_is_read_as_rfc_3339_has_it(String text, Instant time) {
    assertThat(body("{\"at\":\"" + text + "\"}").at()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01 00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T12:00:60Z",
        "2026-01-01T00:00:00",
        "1767225600",
        " 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z\\n",
        "",
      })
  void what_is_no_time_is_rejected_with_its_pointer(String text) {
    assertFaults(rejected("{\"at\":\"" + text + "\"}"), "body /at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-1-1-1-1",
        "{0e0f9c0a-7a53-5c6e-9f5e-6b6f2a6f2b11}",
        "urn:uuid:0e0f9c0a-7a53-5c6e-9f5e-6b6f2a6f2b11",
        "0e0f9c0a7a535c6e9f5e6b6f2a6f2b11",
        "Dg+cCnpTXG6fXmtvKm8rEQ==",
        " 0e0f9c0a-7a53-5c6e-9f5e-6b6f2a6f2b11",
        "0e0f9c0a-7a53-5c6e-9f5e-6b6f2a6f2b11\\n",
        "",
      })
  void what_is_no_id_is_rejected_with_its_pointer(String text) {
    assertFaults(rejected("{\"of\":\"" + text + "\"}"), "body /of");
    assertThat(body("{\"of\":\"" + ID.toString().toUpperCase(java.util.Locale.ROOT) + "\"}").of())
        .isEqualTo(ID);
  }

  /** Each is put into the middle of a text, once as a value and once as a name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "C0AF", "C1BF", "E080AF", "F08080AF", "EDA080", "EDB080", "EDA081EDB080", "F4908080",
        "F5808080", "FF", "FE", "80", "C3", "E282", "F09F98", "C328",
      })
  void what_is_no_utf_8_is_rejected(String hex) {
    var broken = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    for (var json : List.of("{\"names\":{\"a\":\"x%sx\"}}", "{\"names\":{\"x%sx\":\"a\"}}")) {
      var bytes = Buffer.buffer(json.formatted(broken).getBytes(StandardCharsets.ISO_8859_1));
      var rejection = rejection(headers(), bytes);
      assertThat(rejection.code()).isEqualTo("MALFORMED_JSON");
      assertThat(rejection.detail()).isEqualTo("The body is not UTF-8");
      assertFaults(rejection, "body ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void another_encoding_is_rejected(String charset) {
    var bytes = Buffer.buffer("{\"count\":2}".getBytes(Charset.forName(charset)));
    assertThat(rejection(headers(), bytes).code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void a_byte_order_mark_is_rejected() {
    assertThat(rejected("\uFEFF{\"count\":2}").code()).isEqualTo("MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00\\ud800", "x\\udfff", "\\u0000"})
  void half_a_character_is_rejected_in_values_and_names(String text) {
    assertFaults(rejected("{\"names\":{\"a\":\"" + text + "\"}}"), "body /names/a");
    for (var json : List.of("{\"names\":{\"" + text + "\":\"a\"}}", "{\"" + text + "\":1}")) {
      var rejection = rejected(json);
      assertThat(rejection.errors()).isNotEmpty();
      assertThat(WireJson.write(rejection).length()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"count\":1,\"count\":2}",
        "{\"count\":1,\"c\\u006funt\":2}",
        "{\"names\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{\"count\":1}{}",
        "{\"count\":1,}",
        "{'count':1}",
        "{count:1}",
        "{\"count\":1}//",
      })
  void what_could_be_read_in_two_ways_is_rejected(String json) {
    assertThat(rejected(json).code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void what_is_too_deep_or_too_long_is_rejected() {
    for (var json :
        List.of(
            "[".repeat(30_000),
            "{\"list\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            "{\"count\":" + "9".repeat(5_000) + "}",
            "{\"count\":1e99999999999}",
            "{\"" + "n".repeat(60_000) + "\":1}")) {
      var rejection = rejected(json);
      assertThat(rejection.code()).isEqualTo("MALFORMED_JSON");
      assertFaults(rejection, "body ");
      assertThat(WireJson.write(rejection).length()).isLessThan(1_000);
    }
  }

  @Test
  void every_fault_says_where_it_is() {
    var headers = headers().set("most", "-1").set("ifMatch", "too long").set("id", "none");
    var rejection = rejection(headers, Buffer.buffer("{\"count\":0,\"most\":1,\"x/~y\":1}"));
    assertThat(faults(rejection))
        .containsExactlyInAnyOrder(
            "path /id",
            "query /most",
            "header /If-Match",
            "body /count",
            "body /most",
            "body /x~1~0y");
  }

  @Test
  void parameters_in_a_body_of_the_bus_are_judged_alike() {
    var headers = MultiMap.caseInsensitiveMultiMap();
    var rejection = rejection(headers, Buffer.buffer("{\"most\":1.5,\"ifMatch\":7}"));
    assertThat(faults(rejection))
        .containsExactlyInAnyOrder("path /id", "query /most", "header /If-Match");
  }

  @Test
  void so_many_faults_are_told_and_all_are_counted() {
    var rejection = rejected("{\"list\":[" + "{\"c\":1},".repeat(8_000) + "7]}");
    assertThat(rejection.errors()).hasSize(20);
    assertThat(rejection.detail()).contains("24001 places; the first 20 are listed");
    assertThat(WireJson.write(rejection).length()).isLessThan(3_000);
  }

  @Test
  void no_fault_repeats_much_of_the_request() {
    var name = "\ud83d\ude00~/".repeat(5_000);
    var json = new StringBuilder("{\"count\":0");
    for (var i = 0; i < 25; i++) {
      json.append(",\"").append(i).append(name).append("\":1");
    }
    json.append(",\"names\":{\"").append(name).append("\":\"\"}}");
    var rejection = rejected(json.toString());
    assertThat(rejection.errors()).hasSize(20);
    assertThat(WireJson.write(rejection).length()).isLessThan(40_000);
  }

  private static Put body(String json) {
    return read(headers(), Buffer.buffer(json));
  }

  private static Put query(String name, String value) {
    return read(headers().set(name, value), null);
  }

  private static Failure rejected(String json) {
    return rejection(headers(), Buffer.buffer(json));
  }

  private static Failure rejectedQuery(String name, String value) {
    return rejection(headers().set(name, value), null);
  }

  private static Failure rejection(MultiMap headers, Buffer bytes) {
    return catchThrowableOfType(ServiceException.class, () -> read(headers, bytes)).failure();
  }

  private static Put read(MultiMap headers, Buffer bytes) {
    try {
      return WireJson.mapper().treeToValue(SCHEMA.read(headers, bytes), Put.class);
    } catch (JsonProcessingException notDecoded) {
      throw new AssertionError("the schema accepted what cannot be decoded", notDecoded);
    }
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap().set("parameters", "headers").set("id", ID.toString());
  }

  private static void assertFaults(Failure rejection, String... faults) {
    assertThat(faults(rejection)).containsOnly(faults);
  }

  private static List<String> faults(Failure rejection) {
    return rejection.errors().stream().map(fault -> fault.in() + " " + fault.pointer()).toList();
  }
}
