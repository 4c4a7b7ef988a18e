#pragma once

namespace azoth::mysql::connector {

/// The library hides its sockets, but passes the write time-out on to them. So a connection gets a time-out that no other one has, and its
/// socket is found by that. Sends wait that long at most: more than twelve days.
///
/// Seconds; never the same twice within a million calls. From any thread.
int next_socket_mark() noexcept;

/// This process's socket with the mark; -1 where there is none.
int find_marked_socket(int mark) noexcept;

}  // namespace azoth::mysql::connector
