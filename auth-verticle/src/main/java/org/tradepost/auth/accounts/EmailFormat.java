package org.tradepost.auth.accounts;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;

/** The format {@code idn-email} of the API description. */
public final class EmailFormat implements Format {

  @Override
  public String getName() {
    return "idn-email";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return EmailAddress.isAddress(value);
  }

  @Override
  public String getMessageKey() {
    return "format";
  }
}
