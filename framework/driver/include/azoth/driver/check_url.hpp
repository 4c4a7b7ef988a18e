#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/dialect.hpp>
#include <azoth/url/url.hpp>

namespace azoth {

/// Checks a URL against what the driver says it takes: that it knows every option (near names are suggested, the known ones listed),
/// that an option's word is one of those allowed, and that the URL names as many hosts as the driver can use. Throws url_error
/// (url-option, url-syntax).
AZOTH_API void check_url_options(const dialect_info& info, const url& target);

}  // namespace azoth
