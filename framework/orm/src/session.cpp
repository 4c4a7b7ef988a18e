#include <azoth/orm/session.hpp>

#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <utility>

namespace azoth::orm {
namespace {

using detail::instance;
using detail::session_core;

instance& checked(instance* i) {
    if (!i) throw_error(errc::invalid_argument, "an empty handle was given to a session");
    return *i;
}

}  // namespace

nested_transaction::nested_transaction(nested_transaction&& other) noexcept : of_{std::exchange(other.of_, {})}, depth_{other.depth_} {}

nested_transaction::~nested_transaction() {
    const auto core = of_.lock();
    if (!core || core->depth() < depth_) return;
    try {
        rollback();
    } catch (const error&) {
        // The transaction around it finds out: the connection is not to be trusted.
    }
}

std::shared_ptr<session_core> nested_transaction::open_core() const {
    if (auto core = of_.lock()) return core;
    throw_error(errc::misuse, "the nested transaction has been moved from, or is over");
}

void nested_transaction::commit() {
    const auto core = open_core();
    const session_core::entered call{*core};
    core->end_nested(depth_, true);
    of_.reset();
}

void nested_transaction::rollback() {
    const auto core = open_core();
    const session_core::entered call{*core};
    of_.reset();
    core->end_nested(depth_, false);
}

session::session(engine of, const session_options& options) : session(std::make_shared<const single_engine>(std::move(of)), options) {}
session::session(std::shared_ptr<const engine_resolver> engines, const session_options& options)
    : core_{std::make_shared<session_core>(std::move(engines), options)} {}

session::session(session&& other) noexcept : core_{std::move(other.core_)}, place_{std::move(other.place_)} {
    if (place_) place_->core = &core_;
}

session& session::operator=(session&& other) noexcept {
    if (this == &other) return *this;
    end();
    core_ = std::move(other.core_);
    place_ = std::move(other.place_);
    if (place_) place_->core = &core_;
    return *this;
}

session::~session() { end(); }

/// Also of what waits until a stream is over, behind the stream's own batch.
void session::end() noexcept {
    core_.reset();
    if (!place_) return;
    place_->core = nullptr;
    while (!place_->waiting.empty()) place_->waiting.pop_back();
}

std::shared_ptr<detail::session_place> session::place() {
    (void)core();
    if (!place_) place_ = std::make_shared<detail::session_place>(detail::session_place{&core_});
    return place_;
}

session_core& session::core() const {
    if (!core_) throw_error(errc::closed, "the session has been moved from");
    return *core_;
}

void session::add(instance* i) {
    const session_core::entered call{core()};
    core_->add(checked(i));
}
void session::remove(instance* i) {
    const session_core::entered call{core()};
    core_->remove(checked(i));
}
instance* session::merge(instance* i) {
    const session_core::entered call{core()};
    return &core_->merge(checked(i));
}
void session::refresh(instance* i, const get_options& how) {
    const session_core::entered call{core()};
    core_->refresh(checked(i), how);
}
void session::expire(instance* i) {
    const session_core::entered call{core()};
    core_->expire(checked(i));
}
void session::expunge(instance* i) {
    const session_core::entered call{core()};
    core_->expunge(checked(i));
}
void session::expunge_all() {
    const session_core::entered call{core()};
    core_->expunge_all();
}
instance* session::get(const detail::entity_class& of, std::span<const value> key, const get_options& how) {
    const session_core::entered call{core()};
    return core_->get(of, key, how);
}

void session::flush() {
    const session_core::entered call{core()};
    core_->flush();
}
void session::commit() {
    const session_core::entered call{core()};
    core_->commit();
}
void session::rollback() {
    const session_core::entered call{core()};
    core_->rollback();
}
nested_transaction session::begin_nested() {
    const session_core::entered call{core()};
    return {core_, core_->begin_nested()};
}

object_state session::state_of(const instance* i) const {
    if (!i) throw_error(errc::invalid_argument, "an empty handle was given to a session");
    if (detail::session_of(*i)) return i->state;
    return i->committed ? object_state::detached : i->state == object_state::pending ? object_state::transient : i->state;
}
bool session::is_modified(instance* i) const { return contains(i) && core_->is_dirty(*i); }
bool session::contains(const instance* i) const { return i && i->state != object_state::deleted && detail::session_of(*i) == &core(); }
std::size_t session::statement_count() const noexcept { return core_ ? core_->statements() : 0; }
statement_bound session::expect_at_most(std::size_t n) {
    const session_core::entered call{core()};
    return statement_bound{core_->bound_statements(n)};
}
azoth::connection& session::connection() {
    const session_core::entered call{core()};
    return core_->connection();
}
azoth::connection& session::connection(const detail::entity_class& of) {
    const session_core::entered call{core()};
    return core_->connection(&of);
}

}  // namespace azoth::orm
