#include <azoth/conformance/context.hpp>

#include "cleaning.hpp"
#include "names.hpp"
#include "statement_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace azoth::conformance {
namespace {

std::string next_name(std::string_view stem) {
    static std::atomic<unsigned> counter{};
    return name_of(fmt::format("{}{}_", name_prefix(), ++counter), stem);
}

}  // namespace

struct context::state {
    state(const url& target, bool unchecked)
        : target{target}, unchecked{unchecked}, log{std::make_shared<statement_log>()}, engine{make(target, {})} {}

    azoth::engine make(const url& where, engine_options options) {
        options.unchecked = unchecked;
        options.log = {};
        azoth::engine made = create_engine(where, options);
        event_handlers handlers;
        handlers.before_execute = [to = log](const execution_event& e) { to->add(e); };
        subscriptions.push_back(made.subscribe(std::move(handlers)));
        return made;
    }

    url target;
    bool unchecked;
    std::shared_ptr<statement_log> log;
    std::vector<subscription> subscriptions{};
    azoth::engine engine;
    std::optional<profile> server{};
    std::vector<metadata> tables{};
    std::vector<metadata> views{};
    std::vector<std::string> last_words{};
    std::vector<std::string> transaction_ids{};
    bool is_finished{};
};

context::context(const url& target, bool unchecked) : state_{std::make_unique<state>(target, unchecked)} {}

context::~context() { (void)finish(); }

const azoth::engine& context::engine() const noexcept { return state_->engine; }

const url& context::target() const noexcept { return state_->target; }

azoth::engine context::engine_with(engine_options options) const { return state_->make(state_->target, std::move(options)); }

azoth::engine context::engine_on(const url& other, engine_options options) const { return state_->make(other, std::move(options)); }

const profile& context::server() {
    if (!state_->server) state_->server = connect().server_profile();
    return *state_->server;
}

std::string context::unique_name(std::string_view stem) {
    std::string name = next_name(stem);
    const std::size_t most = engine().dialect().rules().identifiers.max_length;
    while (name.size() > most && stem.size() > 8) {  // whoever tests short names says short stems
        name.pop_back();
        stem.remove_suffix(1);
    }
    return name;
}

table context::make_table(std::string_view stem, std::vector<column_draft> columns) {
    table made{unique_name(stem), std::move(columns)};
    make(metadata{{made}});
    return made;
}

void context::make(const metadata& tables) {
    state_->tables.push_back(tables);  // before it is made: half of it may be there when it fails
    tables.create_all(state_->engine, check_first::no);
}

void context::drop_at_end(const std::string& name) { state_->tables.push_back(metadata{{table{name, {column("n", type_kind::integer)}}}}); }

void context::drop_at_end(const view& made) {
    metadata alone;
    alone.add(made);
    state_->views.push_back(std::move(alone));
}

void context::at_end(std::string sql) { state_->last_words.push_back(std::move(sql)); }

std::string context::transaction_id(std::string_view stem) {
    state_->transaction_ids.push_back(next_name(stem));
    return state_->transaction_ids.back();
}

void context::decline(const std::string& why) const { throw declined{why}; }

std::vector<std::string> context::statements() const { return state_->log->lines(); }

std::vector<std::string> context::finish() noexcept try {
    if (std::exchange(state_->is_finished, true)) return {};
    const auto ids = std::exchange(state_->transaction_ids, {});
    auto words = std::exchange(state_->last_words, {});
    auto tables = std::exchange(state_->tables, {});
    auto views = std::exchange(state_->views, {});
    state_->engine.dispose();
    cleaning work{state_->target};
    if (!ids.empty()) work.roll_back_prepared([&](const auto& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); });
    std::reverse(words.begin(), words.end());
    for (const auto& sql : words) work.run(sql);
    std::reverse(views.begin(), views.end());
    for (const auto& v : views) (void)work.drops(v);
    std::reverse(tables.begin(), tables.end());
    for (const auto& t : tables) work.drop(t);
    if (work.left_behind().empty()) work.drop_forgotten(name_prefix());
    return work.left_behind();
} catch (const std::exception& e) {
    return {fmt::format("everything: {}", e.what())};
}

}  // namespace azoth::conformance
