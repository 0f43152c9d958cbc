package org.tradepost.launcher.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceDatabaseTest {

  @Test
  void is_audited_with_the_parameters_that_its_service_uses() {
    var url = "postgresql://db1,db2/orders?target_session_attrs=read-write&connect_timeout=3";
    var audited = new ServiceDatabase(url, "orders", "secret").forAudit("order");
    assertThat(audited.service()).isEqualTo("order");
    assertThat(audited.url())
        .startsWith("postgresql://db1:5432,db2:5432/orders?")
        .contains("targetServerType=primary", "connectTimeout=3");
    assertThat(audited.user()).isEqualTo("orders");
    assertThat(audited.password()).isEqualTo("secret");
  }
}
