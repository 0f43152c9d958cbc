package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Loopback;

class UpOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:8080",
    "shop.example, http://shop.example:8080",
    "::1, http://[::1]:8080",
    "fe80::1%eth0, http://[fe80::1%25eth0]:8080",
    "0.0.0.0, http://LOOPBACK:8080",
    "::, http://LOOPBACK:8080"
  })
  void name_where_a_client_of_this_machine_goes(String host, String url) {
    var options =
        new UpOptions(Services.BUILT_IN, host, 8080, 0, Path.of("data"), Path.of("server"), true);
    assertThat(options.url()).hasToString(url.replace("LOOPBACK:8080", Loopback.hostAndPort(8080)));
  }
}
