#pragma once

#include <azoth/dialect.hpp>

namespace azoth::mysql {

/// What an error of the server or of a client library (codes from 2000 on) means to a program.
error_class classify(const native_error& error);

/// Whether the connection is gone after an error of this code.
bool is_disconnect(int code) noexcept;

/// Whether the server ended the running statement because somebody asked for it (KILL QUERY), or because its time was over.
bool is_interruption(int code) noexcept;

/// Whether it is the server that said so, not the client library. Any of its errors may have ended the transaction: DDL commits before it
/// fails, with whatever code. So it has to be asked.
bool is_servers(int code) noexcept;

/// Whether the server says that it does not prepare statements of this kind: such a statement goes by the text protocol.
bool is_not_preparable(int code) noexcept;

/// Throws what a failure to connect to `place` is for a program: operational_error (permission-denied) for refused credentials, else
/// (connect-failed).
[[noreturn]] void throw_connect_failure(const native_error& error, std::string_view place);

}  // namespace azoth::mysql
