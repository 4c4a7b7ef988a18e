#include "copy.hpp"

#include "binary_writer.hpp"
#include "parameters.hpp"
#include "rows.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::postgresql {
namespace {

using std::string_view;

constexpr std::size_t rows_at_once = 1000;
constexpr std::size_t chunk = 64 * 1024;

std::string copy_sql(session& on, const batch_plan& plan, bool binary) {
    std::string sql = "COPY " + plan.table + " (";
    for (std::size_t i = 0; i < plan.columns.size(); ++i) sql += (i == 0 ? "" : ", ") + on.pqxx().quote_name(plan.columns[i]);
    return sql + (binary ? ") FROM STDIN (FORMAT binary)" : ") FROM STDIN");
}

class copy {
public:
    copy(session& on, const batch_plan& plan, const target_table& target, bool binary, const execute_options& options)
        : session_{on}, target_{target}, width_{plan.columns.size()}, binary_{binary} {
        on.send_begin();  // COPY goes through no pipeline
        on.begin_exchange(options.until, options.stop);
        on.sent(PQsendQuery(on.raw(), copy_sql(on, plan, binary).c_str()));
        on.flush();
        auto ready = on.next();
        if (!ready || PQresultStatus(ready.get()) != PGRES_COPY_IN) on.fail(std::move(ready));
    }
    ~copy() { session_.discard(); }  // whatever was thrown: COPY is ended, and its rows undone
    copy(const copy&) = delete;
    copy& operator=(const copy&) = delete;

    std::int64_t send(row_source& rows) {
        if (binary_) buffer_.put_bytes({"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19});
        std::vector<cell> cells(rows_at_once * width_);
        while (const std::size_t got = rows.fill(cells, rows_at_once)) {
            for (std::size_t i = 0; i < got; ++i) {
                put_row(std::span{cells}.subspan(i * width_, width_));
                if (buffer_.size() >= chunk) hand_over();
            }
        }
        if (binary_) buffer_.put(std::int16_t{-1});
        hand_over();
        return finish();
    }

private:
    void put_row(std::span<const cell> row) {
        if (!binary_) return put_text_row(row);
        buffer_.put(static_cast<std::int16_t>(width_));
        for (std::size_t i = 0; i < width_; ++i) buffer_.put_value(row[i], target_.columns[i], i);
    }
    void put_text_row(std::span<const cell> row) {
        scratch_.clear();
        line_.clear();
        for (std::size_t i = 0; i < width_; ++i) {
            if (i != 0) line_ += '\t';
            if (row[i].is_null()) line_ += "\\N";
            else append_escaped(checked_text(row[i], i));
        }
        line_ += '\n';
        buffer_.put_bytes(line_);
    }
    string_view checked_text(const cell& value, std::size_t index) {
        const string_view text = input_text(value, index, scratch_);
        check_size(text.size(), fmt::format("parameter {} has", index + 1));
        return text;
    }
    void append_escaped(string_view text) {
        for (const char c : text) {
            switch (c) {
                case '\\': line_ += "\\\\"; break;
                case '\t': line_ += "\\t"; break;
                case '\n': line_ += "\\n"; break;
                case '\r': line_ += "\\r"; break;
                default: line_ += c; break;
            }
        }
    }
    void hand_over() {
        constexpr std::size_t most = 16 * 1024 * 1024;  // a row may be larger than libpq counts
        session_.check_limits();
        for (string_view left = buffer_.view(); !left.empty();) {
            const string_view piece = left.substr(0, most);
            while_blocked([&] { return PQputCopyData(session_.raw(), piece.data(), static_cast<int>(piece.size())); });
            session_.flush();  // libpq would keep it all in memory
            left.remove_prefix(piece.size());
        }
        buffer_.clear();
    }
    template <class F>
    void while_blocked(F&& put) {
        int done = 0;
        while ((done = put()) == 0) {
            session_.wait(wait_for::read_or_write);
            session_.consume();
        }
        session_.sent(done);
    }
    std::int64_t finish() {
        while_blocked([&] { return PQputCopyEnd(session_.raw(), nullptr); });
        session_.flush();
        auto r = session_.next();
        if (!r || PQresultStatus(r.get()) != PGRES_COMMAND_OK) session_.fail(std::move(r));
        session_.end_exchange();
        return affected_by(r.get());
    }

    session& session_;
    const target_table& target_;
    std::size_t width_;
    bool binary_;
    binary_writer buffer_{};
    std::string line_{};
    arena scratch_{};
};

}  // namespace

std::int64_t copy_rows(session& on, const batch_plan& plan, const target_table& target, bool binary, row_source& rows,
                       const execute_options& options) {
    return copy{on, plan, target, binary, options}.send(rows);
}

}  // namespace azoth::postgresql
