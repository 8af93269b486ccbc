package dev.jgenl.test;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests in a firewall of their own, which each leaves usable and empty. */
abstract class InFirewall {

  Firewall firewall;

  @BeforeEach
  void openFirewall() throws Exception {
    firewall = Firewall.open();
  }

  @AfterEach
  void closeFirewall() throws Exception {
    if (firewall != null) {
      try {
        firewall.assertUsableAndEmpty();
      } finally {
        firewall.close();
      }
    }
  }
}
