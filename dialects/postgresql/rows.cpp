#include "rows.hpp"

#include <charconv>
#include <string_view>

namespace azoth::postgresql {

bool row_shape::fits(const PGresult* from) const noexcept {
    if (static_cast<std::size_t>(PQnfields(from)) != types_.size()) return false;
    for (std::size_t i = 0; i < types_.size(); ++i) {
        const int at = static_cast<int>(i);
        const wire form = PQfformat(from, at) == 1 ? wire::binary : wire::text;
        if (PQftype(from, at) != types_[i] || form != decoders_[i].form || columns_[i].name != PQfname(from, at)) return false;
    }
    return true;
}

void row_shape::clear() noexcept {
    columns_.clear();
    decoders_.clear();
    types_.clear();
}

void row_shape::take(const PGresult* from) {
    if (fits(from)) return;
    clear();
    for (int i = 0; i < PQnfields(from); ++i) {
        const Oid type = PQftype(from, i);
        types_.push_back(type);
        decoders_.push_back(PQfformat(from, i) == 1 ? binary_decoder(type) : text_decoder(type));
        auto& info = columns_.emplace_back();
        info.name = PQfname(from, i);
        info.native_type = type_name_of(type);
        if (const Oid element = element_of_array(type); element != 0) info.native_type = std::string{type_name_of(element)} + "[]";
    }
}

void row_shape::decode(const PGresult* from, int row, cell* out, arena& scratch) const {
    int at = 0;
    for (const column_decoder& how : decoders_) {
        const int size = PQgetlength(from, row, at);
        if (size == 0 && PQgetisnull(from, row, at) == 1) *out = cell{};
        else how.decode({PQgetvalue(from, row, at), static_cast<std::size_t>(size)}, how, scratch, *out);
        ++out;
        ++at;
    }
}

bool suits_binary(const PGresult* described) noexcept {
    const int width = PQnfields(described);
    int dearer = 0;
    for (int i = 0; i < width; ++i) {
        const column_decoder how = binary_decoder(PQftype(described, i));
        if (!how.decode || (how.element_type != 0 && !how.element)) return false;
        if (prefers_text(PQftype(described, i))) ++dearer;
    }
    return width > 0 && 2 * dearer <= width;
}

std::int64_t affected_by(PGresult* finished) noexcept {
    // "SELECT 5" tells what was read, "INSERT 0 5" what was changed.
    if (PQresultStatus(finished) == PGRES_TUPLES_OK) {
        const std::string_view tag = PQcmdStatus(finished);
        if (!tag.starts_with("INSERT") && !tag.starts_with("UPDATE") && !tag.starts_with("DELETE") && !tag.starts_with("MERGE")) return -1;
    }
    const std::string_view text = PQcmdTuples(finished);
    std::int64_t rows = -1;
    std::from_chars(text.data(), text.data() + text.size(), rows);
    return rows;
}

whole_result::whole_result(result_handle from, row_shape& shape)
    : result_{std::move(from)}, shape_{shape}, affected_{affected_by(result_.get())} {
    shape_.take(result_.get());
}

std::size_t whole_result::fetch(std::span<cell> out, std::size_t max_rows) {
    scratch_.clear();
    std::size_t rows = 0;
    for (; rows < max_rows && next_ < PQntuples(result_.get()); ++rows, ++next_)
        shape_.decode(result_.get(), next_, out.data() + rows * shape_.width(), scratch_);
    return rows;
}

}  // namespace azoth::postgresql
