#include "stepping_cursor.hpp"

#include "fetch_room.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

namespace azoth::detail {

watched_call::watched_call(stepping_link& link, const deadline& until, const stop_token& stop) : link_{link} {
    link_.watch->start(until, stop, call_watch::manners::ask_first);
}

watched_call::~watched_call() {
    if (!link_.abandoned) link_.watch->finish();
}

void watched_call::explain(const native_error& e) const {
    const error_details details{.sqlstate = "57014", .native_code = e.code()};
    switch (link_.watch->ending()) {
        case call_watch::endings::timeout: throw_error(errc::timeout, "the statement ran past its deadline and was ended", details);
        case call_watch::endings::cancelled:
        case call_watch::endings::unwanted: throw_error(errc::cancelled, "the statement was cancelled", details);
        case call_watch::endings::none: break;
    }
}

stepping_cursor::stepping_cursor(std::shared_ptr<stepping_link> link, std::unique_ptr<native_statement> native, lifetimes lifetime)
    : link_{std::move(link)}, native_{std::move(native)}, generation_{link_->generation}, lifetime_{lifetime} {}

stepping_cursor::~stepping_cursor() {
    close();
    if (link_->abandoned) (void)native_.release();  // to free it would speak to the parent's server
}

void stepping_cursor::require_alive() const {
    if (link_->closed || !native_) throw_error(errc::closed, "the connection is closed");
    if (generation_ != link_->generation)
        throw_error(errc::closed, "the statement was prepared before the connection was reset: prepare it again");
}

void stepping_cursor::start(std::span<const cell> parameters, const execute_options& options) {
    require_alive();
    close_execution();
    until_ = options.until;
    stop_ = options.stop;
    affected_ = -1;
    last_id_.reset();
    state_ = state::running;  // from here on `rest` has something to undo
    link_->cancelled = false;
    try {
        bind_all(parameters);
        run_to_first_row();
    } catch (...) {
        close_execution();
        throw;
    }
}

void stepping_cursor::bind_all(std::span<const cell> parameters) {
    if (parameters.size() != native_->parameter_count())
        throw_error(errc::parameter,
                    fmt::format("the statement takes {} parameters, but {} were given", native_->parameter_count(), parameters.size()));
    for (std::size_t i = 0; i < parameters.size(); ++i) native_->bind(i, parameters[i]);
}

void stepping_cursor::run_to_first_row() {
    watched_call watched{*link_, until_, stop_};
    watched.run([this] {
        native_->start();
        width_ = native_->columns().size();
        if (width_ == 0) return finish();
        if (native_->reads_ahead()) return read_ahead();
        if (native_->step()) state_ = state::row_waiting;
        else finish();
    });
}

bool stepping_cursor::step() {
    require_alive();
    try {
        watched_call watched{*link_, until_, stop_};
        if (link_->cancelled) throw_error(errc::cancelled, "the statement was cancelled", {.sqlstate = "57014"});
        return watched.run([this] {
            if (native_->step()) return true;
            finish();
            return false;
        });
    } catch (...) {
        close_execution();
        throw;
    }
}

void stepping_cursor::finish() {
    affected_ = native_->affected_rows();
    last_id_ = native_->last_insert_id();
    native_->finish();
    native_->rest();  // locks go now, not when somebody closes the cursor
    state_ = state::done;
}

void stepping_cursor::read_ahead() {
    ahead_.start(width_);
    while (native_->step()) {
        native_->read(ahead_.next_row());
        ahead_.keep();
    }
    finish();
    state_ = state::buffered;
}

std::span<const column_info> stepping_cursor::columns() const { return native_ ? native_->columns() : std::span<const column_info>{}; }

std::size_t stepping_cursor::fetch(std::span<cell> out, std::size_t max_rows) {
    if (max_rows == 0) return 0;
    check_room(out, width_);
    if (state_ == state::buffered) return ahead_.fetch(out, max_rows);
    if (state_ == state::row_waiting) {
        require_alive();
        state_ = state::running;
    } else if (state_ != state::running || !step()) {
        return 0;
    }
    native_->read(out.first(width_));
    return 1;
}

void stepping_cursor::close_execution() noexcept {
    const bool runs = state_ == state::running || state_ == state::row_waiting;
    state_ = state::idle;
    if (runs && native_ && !link_->abandoned && !link_->closed) native_->rest();
}

void stepping_cursor::close() noexcept {
    close_execution();
    if (lifetime_ == lifetimes::once && !link_->abandoned) native_.reset();
}

}  // namespace azoth::detail
