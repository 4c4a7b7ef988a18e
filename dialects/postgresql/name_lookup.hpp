#pragma once

#include <azoth/dialect.hpp>

#include <string>
#include <vector>

namespace azoth::postgresql {

/// The addresses of a host, as numbers. libpq would look the name up itself, and block in it; here a thread does, and the wait for it goes
/// through the waiter. Empty for what needs no look-up: an address, the folder of a socket, nothing. Throws native_error where the name is
/// not known; timeout_error, operational_error as the waiter does.
std::vector<std::string> look_up(const std::string& host, waiter& wait, const deadline& until);

}  // namespace azoth::postgresql
