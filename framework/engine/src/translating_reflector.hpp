#pragma once

#include <azoth/schema/reflector.hpp>
#include <azoth/sql/name_map.hpp>

#include <memory>
#include <utility>

namespace azoth::detail {

/// Looks into the schemas that stand for those it is asked about.
class translating_reflector final : public reflector {
public:
    translating_reflector(std::unique_ptr<reflector> of, const name_map& schemas) noexcept : of_{std::move(of)}, schemas_{schemas} {}
    [[nodiscard]] bool has_table(std::string_view name, std::string_view schema) override { return of_->has_table(name, at(schema)); }
    [[nodiscard]] std::vector<std::string> table_names(std::string_view schema) override { return of_->table_names(at(schema)); }
    [[nodiscard]] schema_definition read(const reflection_request& request) override { return of_->read(translated(request)); }
    [[nodiscard]] std::vector<std::string> schema_names() override { return of_->schema_names(); }
    [[nodiscard]] std::string default_schema() override { return of_->default_schema(); }
    [[nodiscard]] std::vector<std::string> view_names(std::string_view schema) override { return of_->view_names(at(schema)); }
    [[nodiscard]] std::vector<std::string> sequence_names(std::string_view schema) override { return of_->sequence_names(at(schema)); }
    [[nodiscard]] std::vector<std::string> temporary_table_names() override { return of_->temporary_table_names(); }
    [[nodiscard]] std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema) override {
        return of_->have_tables(names, at(schema));
    }
    [[nodiscard]] bool has_schema(std::string_view name) override { return of_->has_schema(at(name)); }
    [[nodiscard]] bool has_sequence(std::string_view name, std::string_view schema) override { return of_->has_sequence(name, at(schema)); }
    [[nodiscard]] bool has_view(std::string_view name, std::string_view schema) override { return of_->has_view(name, at(schema)); }
    [[nodiscard]] bool has_enum(std::string_view name, std::string_view schema) override { return of_->has_enum(name, at(schema)); }
    [[nodiscard]] std::vector<bool> have_views(const std::vector<std::string>& names, std::string_view schema) override {
        return of_->have_views(names, at(schema));
    }
    [[nodiscard]] std::vector<bool> have_sequences(const std::vector<std::string>& names, std::string_view schema) override {
        return of_->have_sequences(names, at(schema));
    }
    [[nodiscard]] std::vector<bool> have_enums(const std::vector<std::string>& names, std::string_view schema) override {
        return of_->have_enums(names, at(schema));
    }
    [[nodiscard]] std::vector<next_number> next_numbers(const reflection_request& request) override {
        return of_->next_numbers(translated(request));
    }

private:
    [[nodiscard]] reflection_request translated(reflection_request request) const {
        request.schema = at(request.schema);
        return request;
    }
    [[nodiscard]] std::string_view at(std::string_view schema) const {
        const auto found = schemas_.find(schema);
        return found == schemas_.end() ? schema : std::string_view{found->second};
    }
    std::unique_ptr<reflector> of_;
    const name_map& schemas_;
};

}  // namespace azoth::detail
