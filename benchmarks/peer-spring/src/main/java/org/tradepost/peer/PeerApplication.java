package org.tradepost.peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The shop as one plain Spring Boot application, to be measured beside Tradepost. */
@SpringBootApplication
public class PeerApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(PeerApplication.class, arguments);
  }
}
