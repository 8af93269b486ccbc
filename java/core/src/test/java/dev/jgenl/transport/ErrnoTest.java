package dev.jgenl.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {

  @ParameterizedTest(name = "T17 {0} is {1}")
  @CsvSource({
    "1, EPERM",
    "2, ENOENT",
    "3, ESRCH",
    "4, EINTR",
    "9, EBADF",
    "11, EAGAIN",
    "12, ENOMEM",
    "13, EACCES",
    "16, EBUSY",
    "17, EEXIST",
    "19, ENODEV",
    "22, EINVAL",
    "28, ENOSPC",
    "34, ERANGE",
    "35, EDEADLK",
    "36, ENAMETOOLONG",
    "38, ENOSYS",
    "40, ELOOP",
    "42, ENOMSG",
    "57, EBADSLT",
    "59, EBFONT",
    "61, ENODATA",
    "71, EPROTO",
    "74, EBADMSG",
    "75, EOVERFLOW",
    "90, EMSGSIZE",
    "93, EPROTONOSUPPORT",
    "95, EOPNOTSUPP",
    "97, EAFNOSUPPORT",
    "98, EADDRINUSE",
    "100, ENETDOWN",
    "104, ECONNRESET",
    "105, ENOBUFS",
    "107, ENOTCONN",
    "110, ETIMEDOUT",
    "111, ECONNREFUSED",
    "114, EALREADY",
    "115, EINPROGRESS",
    "125, ECANCELED",
    "133, EHWPOISON",
    "524, ENOTSUPP"
  })
  void numberHasItsName(int errno, String name) {
    assertThat(Errno.of(errno)).hasToString(name);
    assertThat(Errno.valueOf(name).number()).isEqualTo(errno);
  }

  @ParameterizedTest(name = "T17 {0} has no name")
  @ValueSource(ints = {0, 41, 58, 134, 4711, -22, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void numberWithoutNameStaysNumber(int errno) {
    assertThat(Errno.of(errno)).isSameAs(Errno.UNKNOWN);
    assertThat(Errno.describe(errno)).isEqualTo("errno " + errno);
  }

  @ParameterizedTest(name = "T17 {0} is found by its number")
  @EnumSource
  void constantIsFoundByItsNumber(Errno errno) {
    assertThat(Errno.of(errno.number())).isSameAs(errno);
    assertThat(errno.text()).isNotBlank();
  }

  @Test
  @DisplayName("T17 the numbers from 1 to 133 have names of their own, but 41 and 58")
  void numbersHaveNamesOfTheirOwn() {
    Set<Errno> names = EnumSet.noneOf(Errno.class);
    for (int errno = 1; errno <= 133; errno++) {
      names.add(Errno.of(errno));
    }

    assertThat(names).hasSize(132).contains(Errno.UNKNOWN);
  }

  @Test
  void descriptionIsNameAndText() {
    assertThat(Errno.describe(22)).isEqualTo("EINVAL (Invalid argument)");
  }
}
