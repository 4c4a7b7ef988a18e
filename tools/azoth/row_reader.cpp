#include "row_reader.hpp"

#include "copy_refusals.hpp"
#include "table_rows.hpp"

namespace azoth::command {

select_statement<> query_for(const row_set& of, std::int64_t skip) {
    const table carried = as_carried(of.of, of.columns);
    auto query = select_columns(selected(carried, of.columns)).select_from(carried);
    if (of.where) query = query.where(*of.where);
    for (const auto& key : of.of.definition().primary_key) query = query.order_by(carried[key]);
    return skip == 0 ? query : query.offset(skip);
}

row_reader::row_reader(const row_set& of, const engine& in, std::int64_t skip) : of_{of}, connection_{in.connect("azoth copy")} {
    named([&] { rows_ = connection_.execute(query_for(of_, skip)).stream(); });
}

bool row_reader::next(std::vector<value>& row) {
    bool is_there = false;
    named([&] {
        row.clear();
        is_there = rows_->next();
        if (!is_there) return;
        const auto cells = rows_->cells();
        for (std::size_t i = 0; i < cells.size(); ++i) row.push_back(typed_value(cells[i], of_.columns[i].as));
    });
    return is_there;
}

template <class F>
void row_reader::named(const F& read) {
    const auto name_value = [&] {
        rows_.reset();
        connection_.rollback();
        name_unreadable_value(connection_, of_);
    };
    try {
        return read();
    } catch (const data_error&) {
        name_value();
        throw;
    } catch (const not_supported_error&) {
        name_value();
        throw;
    }
}

}  // namespace azoth::command
