#include <azoth/driver/stepping.hpp>

#include "stepping_cursor.hpp"

#include <azoth/base/error.hpp>

namespace azoth {
namespace {

/// The prepared statement of the driver interface: it is its own cursor's owner.
class stepping_statement final : public prepared_statement {
public:
    stepping_statement(std::shared_ptr<detail::stepping_link> link, std::unique_ptr<native_statement> native)
        : cursor_{std::move(link), std::move(native), detail::stepping_cursor::lifetimes::kept} {}
    cursor& execute(std::span<const cell> parameters, const execute_options& options) override {
        cursor_.start(parameters, options);
        return cursor_;
    }

private:
    detail::stepping_cursor cursor_;
};

}  // namespace

native_statement::~native_statement() = default;
void native_statement::finish() {}
std::int64_t native_statement::affected_rows() { return -1; }
std::optional<std::int64_t> native_statement::last_insert_id() { return std::nullopt; }
bool native_statement::reads_ahead() const { return false; }

stepping_connection::stepping_connection(const connect_args& args, isolation_level usual)
    : basic_connection{args, usual}, link_{std::make_shared<detail::stepping_link>([this] { return interrupt(); })} {}

stepping_connection::~stepping_connection() {
    link_->closed = true;
    if (link_->abandoned) (void)link_->watch.release();  // its thread is the parent's
    else link_->watch.reset();                           // it calls what is gone from here on
}

std::unique_ptr<prepared_statement> stepping_connection::prepare(std::string_view sql) {
    if (link_->closed) throw_error(errc::closed, "the connection is closed");
    return std::make_unique<stepping_statement>(link_, detail::made(compile(sql, true), "compile()"));
}

std::unique_ptr<cursor> stepping_connection::execute(std::string_view sql, std::span<const cell> parameters,
                                                     const execute_options& options) {
    if (link_->closed) throw_error(errc::closed, "the connection is closed");
    auto once = std::make_unique<detail::stepping_cursor>(link_, detail::made(compile(sql, false), "compile()"),
                                                          detail::stepping_cursor::lifetimes::once);
    once->start(parameters, options);
    return once;
}

void stepping_connection::watched(const deadline& until, const std::function<void()>& call) {
    detail::watched_call watched{*link_, until, {}};
    watched.run(call);
}

bool stepping_connection::interrupt() noexcept { return false; }
void stepping_connection::cancel() noexcept {
    link_->cancelled = true;  // which a result that is open learns, and the next execution forgets
    link_->watch->cancel();
}
void stepping_connection::forget_statements() noexcept { ++link_->generation; }
bool stepping_connection::is_closed() const noexcept { return link_->closed; }
bool stepping_connection::is_abandoned() const noexcept { return link_->abandoned; }

void stepping_connection::close() noexcept {
    if (link_->closed || link_->abandoned) return;
    disconnect();
    link_->closed = true;
}

void stepping_connection::abandon() noexcept {
    link_->abandoned = true;
    link_->closed = true;
}

}  // namespace azoth
