#pragma once

#include <azoth/dialect.hpp>

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>

#include <string>

namespace azoth::mysql::connector {

// The library's namespace, `sql`, is also what a parameter with SQL text is called here.
namespace lib = ::sql;

/// The library's driver object, which it has one of in a process. Makes the calling thread known to the library; from any thread.
lib::Driver& library();

/// Name and version, for people.
std::string library_name();

/// What the library threw, as a native_error; its own complaints (which have no code) as internal_error.
[[noreturn]] void throw_native(const lib::SQLException& e);

}  // namespace azoth::mysql::connector
