#include "open_result.hpp"

#include <fmt/format.h>

namespace azoth::detail {

void open_result::recycle(std::unique_ptr<open_result> done) noexcept {
    constexpr std::size_t enough = 4;
    done->close();
    spare_results* const home = done->home.get();  // `done` keeps it, wherever it goes
    if (!home || home->is_closed || home->kept.size() >= enough) return;
    done->statement = {};  // `compiled` stays: the next run is often of the same
    done->kept.reset();
    done->names.reset();
    done->affected = -1;
    done->last_id.reset();
    done->key.clear();
    done->knows_key = false;
    done->width = 0;
    done->stop = {};
    done->streams = done->has_columns = done->was_closed = false;
    if (home->kept.capacity() < enough) home->kept.reserve(enough);
    home->kept.push_back(std::move(done));
}

bool open_result::next() {
    if (was_closed) throw_error(errc::closed, "the result is closed: its connection was closed, close() was called, or reading it failed");
    if (kept) {
        if (kept->next >= kept->cells.size()) {
            current = {};
            return false;
        }
        current = std::span<const cell>{kept->cells}.subspan(kept->next, width);
        kept->next += width;
        return true;
    }
    if (at < in_block) {
        current = std::span<const cell>{block}.subspan(at * width, width);
        ++at;
        return true;
    }
    return rows && next_from_cursor();
}

bool open_result::next_from_cursor() {
    // The connection runs nothing else meanwhile: its last statement and parameters are those of this result.
    try {
        in_block = core->guarded(core->running_sql(), core->parameters_, [&] {
            check_patience();
            const std::size_t got = rows->fetch(block, block_rows);
            // Once for all rows of a call. What a driver writes behind the room that it has been given, nobody can take back; and some know
            // their columns only as long as there are rows to come.
            const std::size_t columns = got == 0 ? width : rows->columns().size();
            if (got > block_rows || (columns != width && columns != 0)) refuse_shape(got, columns);
            return got;
        });
    } catch (...) {
        close();  // so that whoever asks on is told of it, not of an end
        throw;
    }
    at = 0;
    if (in_block == 0) {
        current = {};
        finish();
        return false;
    }
    current = std::span<const cell>{block}.first(width);
    at = 1;
    if (!key.empty() && !knows_key) take_returned_key(current);
    return true;
}

void open_result::refuse_shape(std::size_t got, std::size_t columns) const {
    const std::string what = got > block_rows ? fmt::format("fetch() returned {} rows where {} were asked for", got, block_rows)
                                              : fmt::format("the result began with {} columns, and has {} in its middle", width, columns);
    throw_misbehaviour(core->server->server.driver, what);
}

void open_result::take_width() {
    width = rows->columns().size();
    const std::size_t asked = compiled && compiled->kind != statement_kind::text ? compiled->columns.size() : 0;
    // Raw SQL in a query may stand for several columns, never for none.
    if (width != 0 && width < asked)
        throw_error(errc::internal,
                    fmt::format("the driver breaks its contract: the statement has {} columns, and its result {}", asked, width));
}

/// A driver looks at the clock when it waits: it need not wait where rows come faster than they are read.
void open_result::check_patience() const {
    if (until.is_set() && until.has_passed())
        throw_error(errc::timeout, "the statement ran past its deadline while its rows were read", {.sqlstate = "57014"});
    if (stop.stop_requested()) throw_error(errc::cancelled, "the statement was cancelled while its rows were read", {.sqlstate = "57014"});
}

void kept_rows::take(std::span<const cell> row) {
    for (const cell& c : row) cells.push_back(memory.copy(c));
}

void open_result::drain() {
    if (!rows) return;
    if (streams)
        throw_error(
            errc::misuse,
            "a result that is being streamed is still open on this connection: read it to its end, close() it, or use a second connection");
    load_names();
    auto ahead = std::make_unique<kept_rows>();
    const bool stands_on_row = !current.empty();
    if (stands_on_row) ahead->take(current);  // the program may look at it again
    const std::uint64_t bound = core->engine->options.max_buffered_bytes;
    while (next()) {
        ahead->take(current);
        if (ahead->memory.used() + ahead->cells.size() * sizeof(cell) <= bound) continue;
        close();
        throw_error(
            errc::result_buffer,
            fmt::format(
                "another statement was run while a result of more than {} bytes was open: read it first, use a second connection, or raise "
                "engine_options::max_buffered_bytes",
                bound));
    }
    kept = std::move(ahead);
    if (stands_on_row) {
        current = std::span<const cell>{kept->cells}.first(width);
        kept->next = width;
    }
}

void open_result::finish() noexcept {
    if (rows && !(core && core->is_inherited())) {
        affected = counted();
        rows->close();
    }
    rows = nullptr;
    if (entry) entry->busy = false;
    entry = nullptr;
    own_cursor.reset();
    if (core && core->open == this) core->open = nullptr;
    core = nullptr;  // it may go before this result does
}

/// No count is worth a result that has been read, or the process.
std::int64_t open_result::counted() const noexcept {
    try {
        return meaning_of(rows->affected_rows());
    } catch (...) {
        return -1;
    }
}

void open_result::close() noexcept {
    finish();
    in_block = at = 0;
    current = {};
    was_closed = true;
}

void open_result::load_names() {
    if (names) return;
    std::vector<std::string> found;
    if (compiled && !compiled->columns.empty() && compiled->kind != statement_kind::text) {
        for (const auto& c : compiled->columns) found.push_back(c.name);
    } else if (rows) {
        const auto list = [&] {
            for (const auto& c : rows->columns()) found.push_back(c.name);
        };
        core ? asking_driver(list) : list();
    }
    names = std::make_shared<const std::vector<std::string>>(std::move(found));
}

}  // namespace azoth::detail
