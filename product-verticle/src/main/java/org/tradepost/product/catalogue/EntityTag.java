package org.tradepost.product.catalogue;

import java.util.regex.Pattern;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.EntityTagList;

/**
 * The ETag of a product, {@code "<version>-<available>"}. For readers, the tag also changes with
 * the number of available pieces; for writers, only the version counts.
 */
final class EntityTag {

  /** A tag that contains a version. */
  private static final Pattern VERSION = Pattern.compile("(\\d{1,18})(?:-\\d+)?");

  private EntityTag() {}

  static String of(Product product) {
    return "\"" + product.version() + "-" + product.available() + "\"";
  }

  /**
   * Checks the precondition of a change.
   *
   * @param ifMatch the header field, or null if there is none
   * @param version the product's current version
   * @throws ServiceException {@code PRECONDITION_FAILED}, or {@code INVALID_REQUEST} when the
   *     header field is not an ETag
   */
  static void check(String ifMatch, long version) {
    if (ifMatch == null) {
      return;
    }
    var tags =
        EntityTagList.read(ifMatch)
            .orElseThrow(
                () -> ServiceException.invalid("/ifMatch", "must be an ETag in quotes, or *"));
    if (!tags.has(tag -> isOf(version, tag))) {
      throw new ServiceException(CommonError.PRECONDITION_FAILED);
    }
  }

  private static boolean isOf(long version, String tag) {
    var read = VERSION.matcher(tag);
    return read.matches() && Long.parseLong(read.group(1)) == version;
  }
}
