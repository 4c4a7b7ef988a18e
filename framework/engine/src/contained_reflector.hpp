#pragma once

#include "containment.hpp"

#include <azoth/schema/reflector.hpp>

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace azoth::detail {

/// A dialect's reflector, from which nothing but Azoth's errors comes.
class contained_reflector final : public reflector {
    using names = std::vector<std::string>;
    using answers = std::vector<bool>;

    template <class F>
    auto ask(F&& what) {
        return contained(from_, [&] { return what(*of_); });
    }
    answers one_each(const names& asked, answers told) const {
        if (told.size() != asked.size()) misbehaved("a list", asked.size(), told.size());
        return told;
    }
    [[noreturn]] void misbehaved(std::string_view what, std::size_t asked, std::size_t told) const {
        throw_misbehaviour(driver_name(from_), fmt::format("its reflector gives {} answers for {} of {}", told, what, asked));
    }

public:
    contained_reflector(std::unique_ptr<reflector> of, const dialect& from) noexcept : of_{std::move(of)}, from_{from} {}
    [[nodiscard]] bool has_table(std::string_view name, std::string_view schema) override {
        return ask([&](reflector& r) { return r.has_table(name, schema); });
    }
    [[nodiscard]] names table_names(std::string_view schema) override {
        return ask([&](reflector& r) { return r.table_names(schema); });
    }
    [[nodiscard]] schema_definition read(const reflection_request& request) override {
        return ask([&](reflector& r) { return r.read(request); });
    }
    [[nodiscard]] names schema_names() override {
        return ask([](reflector& r) { return r.schema_names(); });
    }
    [[nodiscard]] std::string default_schema() override {
        return ask([](reflector& r) { return r.default_schema(); });
    }
    [[nodiscard]] names view_names(std::string_view schema) override {
        return ask([&](reflector& r) { return r.view_names(schema); });
    }
    [[nodiscard]] names sequence_names(std::string_view schema) override {
        return ask([&](reflector& r) { return r.sequence_names(schema); });
    }
    [[nodiscard]] names temporary_table_names() override {
        return ask([](reflector& r) { return r.temporary_table_names(); });
    }
    [[nodiscard]] answers have_tables(const names& of, std::string_view schema) override {
        return one_each(of, ask([&](reflector& r) { return r.have_tables(of, schema); }));
    }
    [[nodiscard]] bool has_schema(std::string_view name) override {
        return ask([&](reflector& r) { return r.has_schema(name); });
    }
    [[nodiscard]] bool has_sequence(std::string_view name, std::string_view schema) override {
        return ask([&](reflector& r) { return r.has_sequence(name, schema); });
    }
    [[nodiscard]] bool has_view(std::string_view name, std::string_view schema) override {
        return ask([&](reflector& r) { return r.has_view(name, schema); });
    }
    [[nodiscard]] bool has_enum(std::string_view name, std::string_view schema) override {
        return ask([&](reflector& r) { return r.has_enum(name, schema); });
    }
    [[nodiscard]] answers have_views(const names& of, std::string_view schema) override {
        return one_each(of, ask([&](reflector& r) { return r.have_views(of, schema); }));
    }
    [[nodiscard]] answers have_sequences(const names& of, std::string_view schema) override {
        return one_each(of, ask([&](reflector& r) { return r.have_sequences(of, schema); }));
    }
    [[nodiscard]] answers have_enums(const names& of, std::string_view schema) override {
        return one_each(of, ask([&](reflector& r) { return r.have_enums(of, schema); }));
    }
    [[nodiscard]] std::vector<next_number> next_numbers(const reflection_request& request) override {
        return ask([&](reflector& r) { return r.next_numbers(request); });
    }
    [[nodiscard]] names written_queries(const std::vector<view_definition>& views) override {
        names all = ask([&](reflector& r) { return r.written_queries(views); });
        if (!all.empty() && all.size() != views.size()) misbehaved("the queries", views.size(), all.size());
        return all;
    }

private:
    std::unique_ptr<reflector> of_;
    const dialect& from_;
};

}  // namespace azoth::detail
