#include "catalogue.hpp"

namespace azoth::postgresql {
namespace {

class row_taker final : public row_sink {
public:
    explicit row_taker(const std::function<void(catalogue_row&)>& take) noexcept : take_{take} {}
    void row(std::span<const cell> cells) override {
        catalogue_row next{cells};
        take_(next);
    }

private:
    const std::function<void(catalogue_row&)>& take_;
};

}  // namespace

const cell& catalogue_row::next() noexcept {
    const cell& first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
}

std::string catalogue_row::text() {
    std::string found;
    if (const cell& c = next(); !c.is_null()) detail::read_text(c, found);
    return found;
}

std::int64_t catalogue_row::number() {
    const cell& c = next();
    return c.is_null() ? 0 : c.i64;
}

char catalogue_row::letter() {
    const std::string found = text();
    return found.empty() ? '\0' : found.front();
}

std::vector<std::string> catalogue_row::list() {
    std::vector<std::string> found;
    const cell& all = next();
    if (all.is_null()) return found;
    array_reader elements{all};
    for (cell e; elements.next(e);) found.emplace_back(e.is_null() ? std::string_view{} : e.chars_view());
    return found;
}

void each_row(executor& on, std::string_view sql, std::span<const cell> parameters, const std::function<void(catalogue_row&)>& take) {
    row_taker rows{take};
    on.run(sql, parameters, &rows);
}

array_parameter::array_parameter(const std::vector<std::string>& texts) {
    array_writer elements;
    for (const auto& t : texts) elements.add(cell::text(t));
    array_ = elements.finish(scratch_);
}

array_parameter::array_parameter(const std::vector<std::int64_t>& numbers) {
    array_writer elements;
    for (const auto n : numbers) elements.add(cell::integer(n));
    array_ = elements.finish(scratch_);
}

}  // namespace azoth::postgresql
