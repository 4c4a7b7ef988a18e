#pragma once

#include "handle.hpp"

#include <pqxx/connection_base.hxx>
#include <pqxx/connectionpolicy.hxx>

#include <string>

namespace azoth::postgresql {

/// Gives libpqxx a connection that exists already, once. libpqxx would connect anew by itself when a connection breaks: to another
/// session, without what the program had set there. Here it gets nothing then.
class adopting_policy final : public pqxx::connectionpolicy {
public:
    explicit adopting_policy(connection_handle given) : connectionpolicy{std::string{}}, given_{std::move(given)} {}
    handle do_startconnect(handle orig) override { return given_ ? given_.release() : orig; }
    handle do_completeconnect(handle orig) override { return orig; }
    handle do_dropconnect(handle orig) noexcept override { return do_disconnect(orig); }
    handle do_disconnect(handle orig) noexcept override {
        PQfinish(orig);
        return nullptr;
    }
    [[nodiscard]] bool is_ready(handle h) const noexcept override { return h != nullptr; }

private:
    connection_handle given_;
};

namespace detail {
/// A base, so that it is there before libpqxx's.
struct policy_holder {
    adopting_policy policy;
};
}  // namespace detail

/// libpqxx's connection over a PGconn made by us: it owns and closes it, and quotes names and texts as the session's settings ask for. What
/// runs on the connection goes through the PGconn itself.
class owner final : private detail::policy_holder, public pqxx::connection_base {
public:
    /// Throws what libpqxx says of a server that it does not support.
    explicit owner(connection_handle given);
    ~owner() noexcept { close(); }
    owner(const owner&) = delete;
    owner& operator=(const owner&) = delete;
};

}  // namespace azoth::postgresql
