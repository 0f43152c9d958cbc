package org.tradepost.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.ServiceException;

class EntityTagTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        " * ",
        "\"7-12\"",
        "\"7\"",
        "\"3-1\", \"7-2\"",
        "W/\"7-1\",\"7-1\"",
        "W/\"7-12\"",
        "\"7-12-gzip\"",
        "\"7-12\",",
        ", ,\"7-12\"",
        "\"6-1\", , \"7-12\" ,",
        "\"7-12;gzip\"",
        "\"7-12--gzip\"",
        "W/\"7-12-br\"",
        "\"6-1-gzip\" , W/\"7-zstd\""
      })
  void the_version_alone_must_match(String ifMatch) {
    assertThatCode(() -> EntityTag.check(ifMatch, 7)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"6-12\"",
        "\"77\"",
        "\"\"",
        "\"x\"",
        "W/\"6-12\"",
        "\"6-7-gzip\"",
        "\"7-x-gzip\"",
        "\"7gzip\"",
        "\"99999999999999999999\""
      })
  void another_version_fails(String ifMatch) {
    assertThat(rejection(ifMatch)).isEqualTo("PRECONDITION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "7-12", "\"7", "\"7\" \"8\"", "w/\"7\"", "*, \"7\"", " "})
  void what_is_no_etag_is_told(String ifMatch) {
    assertThat(rejection(ifMatch)).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void no_condition_is_always_met() {
    assertThatCode(() -> EntityTag.check(null, 7)).doesNotThrowAnyException();
  }

  private static String rejection(String ifMatch) {
    return catchThrowableOfType(ServiceException.class, () -> EntityTag.check(ifMatch, 7))
        .failure()
        .code();
  }
}
