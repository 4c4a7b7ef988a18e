#include "batch.hpp"

#include "parameters.hpp"
#include "rows.hpp"
#include "statement.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace azoth::postgresql {
namespace {

class pipeline {
public:
    pipeline(session& on, std::span<const batch_item> items, const execute_options& options) : session_{on}, items_{items} {
        for (const auto& i : items) ++uses_[i.sql];
        on.begin_exchange(options.until, options.stop);
        on.open_pipeline(true);
    }
    ~pipeline() {
        session_.discard();  // whatever was thrown
        for (auto& [sql, name] : names_) session_.forget_statement(std::move(name));
    }
    pipeline(const pipeline&) = delete;
    pipeline& operator=(const pipeline&) = delete;

    void send() {
        for (const auto& i : items_) send(i);
        session_.flush();
    }

    void receive(const std::function<void(std::size_t, cursor&)>& each) {
        session_.receive_begin();
        for (std::size_t i = 0; i < items_.size(); ++i) {
            if (prepares_[i]) expect(PGRES_COMMAND_OK);
            whole_result rows{take_result()};
            if (each) each(i, rows);
        }
        session_.end_exchange();
    }

private:
    void send(const batch_item& item) {
        parameters_.assign(item.parameters);
        const parameter_list& p = parameters_;
        const std::string sql{item.sql};
        PGconn* const raw = session_.raw();
        const bool is_new = uses_[item.sql] > 1 && !names_.contains(item.sql);
        prepares_.push_back(is_new);
        if (is_new) {
            const auto& name = names_.emplace(item.sql, session_.new_name()).first->second;
            session_.sent(PQsendPrepare(raw, name.c_str(), sql.c_str(), 0, nullptr));
        }
        if (const auto known = names_.find(item.sql); known != names_.end())
            session_.sent(PQsendQueryPrepared(raw, known->second.c_str(), p.count(), p.values(), p.lengths(), p.formats(), 0));
        else session_.sent(PQsendQueryParams(raw, sql.c_str(), p.count(), nullptr, p.values(), p.lengths(), p.formats(), 0));
    }
    result_handle expect(ExecStatusType status) {
        auto r = session_.next();
        if (!r || PQresultStatus(r.get()) != status) session_.fail(std::move(r));
        (void)session_.next();  // the end of one command's results
        return r;
    }
    /// One command's result; an empty one has no SQLSTATE of its own.
    result_handle take_result() {
        auto r = session_.next();
        const auto status = r ? PQresultStatus(r.get()) : PGRES_FATAL_ERROR;
        if (status == PGRES_EMPTY_QUERY) throw native_error(0, "the statement is empty", "42601");
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) session_.fail(std::move(r));
        (void)session_.next();
        return r;
    }

    session& session_;
    std::span<const batch_item> items_;
    parameter_list parameters_{};
    std::unordered_map<std::string_view, std::size_t> uses_{};
    std::unordered_map<std::string_view, std::string> names_{};
    std::vector<bool> prepares_{};
};

}  // namespace

bool suits_pipeline(std::span<const batch_item> items) noexcept {
    return items.size() > 1 && std::none_of(items.begin(), items.end(), [](const batch_item& i) { return is_copy(i.sql); });
}

void run_pipeline(session& on, std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                  const execute_options& options) {
    pipeline run{on, items, options};
    run.send();
    run.receive(each);
}

}  // namespace azoth::postgresql
