#pragma once

#include <azoth/azoth.hpp>

#include <cstdint>
#include <string>

// The eight tables of TPC-H as plain structs. Members have names for people; the mappings beneath give the columns the names that the
// specification has, so that its queries are recognised in the SQL. Money is exact: numeric(12, 2) fits SQLite's fast form of decimals.

struct Region {
    std::int64_t key{};
    std::string name{};
    std::string comment{};
};

struct Nation {
    std::int64_t key{};
    std::string name{};
    std::int64_t region_key{};
    std::string comment{};
};

struct Part {
    std::int64_t key{};
    std::string name{};
    std::string manufacturer{};
    std::string brand{};
    std::string type{};
    std::int32_t size{};
    std::string container{};
    azoth::decimal retail_price{};
    std::string comment{};
};

struct Supplier {
    std::int64_t key{};
    std::string name{};
    std::string address{};
    std::int64_t nation_key{};
    std::string phone{};
    azoth::decimal balance{};
    std::string comment{};
};

/// A part as one supplier has it.
struct PartSupplier {
    std::int64_t part_key{};
    std::int64_t supplier_key{};
    std::int32_t available{};
    azoth::decimal supply_cost{};
    std::string comment{};
};

struct Customer {
    std::int64_t key{};
    std::string name{};
    std::string address{};
    std::int64_t nation_key{};
    std::string phone{};
    azoth::decimal balance{};
    std::string segment{};
    std::string comment{};
};

struct Order {
    std::int64_t key{};
    std::int64_t customer_key{};
    std::string status{};  ///< O(pen), F(inished), P(artly)
    azoth::decimal total_price{};
    azoth::date date{};
    std::string priority{};
    std::string clerk{};
    std::int32_t ship_priority{};
    std::string comment{};
};

struct LineItem {
    std::int64_t order_key{};
    std::int64_t part_key{};
    std::int64_t supplier_key{};
    std::int32_t line_number{};
    azoth::decimal quantity{};
    azoth::decimal extended_price{};
    azoth::decimal discount{};
    azoth::decimal tax{};
    std::string return_flag{};
    std::string status{};
    azoth::date ship_date{};
    azoth::date commit_date{};
    azoth::date receipt_date{};
    std::string instructions{};
    std::string mode{};
    std::string comment{};
};

template <>
struct azoth::mapping<Region> {
    static azoth::table_map<Region> map() {
        return azoth::table_map<Region>("tpch_region")
            .column<&Region::key>(azoth::named("r_regionkey"), azoth::primary_key, azoth::not_generated)
            .column<&Region::name>(azoth::named("r_name"), azoth::string(25))
            .column<&Region::comment>(azoth::named("r_comment"), azoth::string(152));
    }
};

template <>
struct azoth::mapping<Nation> {
    static azoth::table_map<Nation> map() {
        return azoth::table_map<Nation>("tpch_nation")
            .column<&Nation::key>(azoth::named("n_nationkey"), azoth::primary_key, azoth::not_generated)
            .column<&Nation::name>(azoth::named("n_name"), azoth::string(25))
            .column<&Nation::region_key>(azoth::named("n_regionkey"), azoth::references<&Region::key>)
            .column<&Nation::comment>(azoth::named("n_comment"), azoth::string(152));
    }
};

template <>
struct azoth::mapping<Part> {
    static azoth::table_map<Part> map() {
        return azoth::table_map<Part>("tpch_part")
            .column<&Part::key>(azoth::named("p_partkey"), azoth::primary_key, azoth::not_generated)
            .column<&Part::name>(azoth::named("p_name"), azoth::string(55))
            .column<&Part::manufacturer>(azoth::named("p_mfgr"), azoth::string(25))
            .column<&Part::brand>(azoth::named("p_brand"), azoth::string(10))
            .column<&Part::type>(azoth::named("p_type"), azoth::string(25))
            .column<&Part::size>(azoth::named("p_size"))
            .column<&Part::container>(azoth::named("p_container"), azoth::string(10))
            .column<&Part::retail_price>(azoth::named("p_retailprice"), azoth::numeric(12, 2))
            .column<&Part::comment>(azoth::named("p_comment"), azoth::string(23));
    }
};

template <>
struct azoth::mapping<Supplier> {
    static azoth::table_map<Supplier> map() {
        return azoth::table_map<Supplier>("tpch_supplier")
            .column<&Supplier::key>(azoth::named("s_suppkey"), azoth::primary_key, azoth::not_generated)
            .column<&Supplier::name>(azoth::named("s_name"), azoth::string(25))
            .column<&Supplier::address>(azoth::named("s_address"), azoth::string(40))
            .column<&Supplier::nation_key>(azoth::named("s_nationkey"), azoth::references<&Nation::key>, azoth::indexed)
            .column<&Supplier::phone>(azoth::named("s_phone"), azoth::string(15))
            .column<&Supplier::balance>(azoth::named("s_acctbal"), azoth::numeric(12, 2))
            .column<&Supplier::comment>(azoth::named("s_comment"), azoth::string(101));
    }
};

template <>
struct azoth::mapping<PartSupplier> {
    static azoth::table_map<PartSupplier> map() {
        return azoth::table_map<PartSupplier>("tpch_partsupp")
            .column<&PartSupplier::part_key>(azoth::named("ps_partkey"), azoth::primary_key, azoth::references<&Part::key>)
            .column<&PartSupplier::supplier_key>(azoth::named("ps_suppkey"), azoth::primary_key, azoth::references<&Supplier::key>,
                                                 azoth::indexed)
            .column<&PartSupplier::available>(azoth::named("ps_availqty"))
            .column<&PartSupplier::supply_cost>(azoth::named("ps_supplycost"), azoth::numeric(12, 2))
            .column<&PartSupplier::comment>(azoth::named("ps_comment"), azoth::string(199));
    }
};

template <>
struct azoth::mapping<Customer> {
    static azoth::table_map<Customer> map() {
        return azoth::table_map<Customer>("tpch_customer")
            .column<&Customer::key>(azoth::named("c_custkey"), azoth::primary_key, azoth::not_generated)
            .column<&Customer::name>(azoth::named("c_name"), azoth::string(25))
            .column<&Customer::address>(azoth::named("c_address"), azoth::string(40))
            .column<&Customer::nation_key>(azoth::named("c_nationkey"), azoth::references<&Nation::key>, azoth::indexed)
            .column<&Customer::phone>(azoth::named("c_phone"), azoth::string(15))
            .column<&Customer::balance>(azoth::named("c_acctbal"), azoth::numeric(12, 2))
            .column<&Customer::segment>(azoth::named("c_mktsegment"), azoth::string(10))
            .column<&Customer::comment>(azoth::named("c_comment"), azoth::string(117));
    }
};

template <>
struct azoth::mapping<Order> {
    static azoth::table_map<Order> map() {
        return azoth::table_map<Order>("tpch_orders")
            .column<&Order::key>(azoth::named("o_orderkey"), azoth::primary_key, azoth::not_generated)
            .column<&Order::customer_key>(azoth::named("o_custkey"), azoth::references<&Customer::key>, azoth::indexed)
            .column<&Order::status>(azoth::named("o_orderstatus"), azoth::string(1))
            .column<&Order::total_price>(azoth::named("o_totalprice"), azoth::numeric(12, 2))
            .column<&Order::date>(azoth::named("o_orderdate"), azoth::indexed)
            .column<&Order::priority>(azoth::named("o_orderpriority"), azoth::string(15))
            .column<&Order::clerk>(azoth::named("o_clerk"), azoth::string(15))
            .column<&Order::ship_priority>(azoth::named("o_shippriority"))
            .column<&Order::comment>(azoth::named("o_comment"), azoth::string(79));
    }
};

template <>
struct azoth::mapping<LineItem> {
    static azoth::table_map<LineItem> map() {
        return azoth::table_map<LineItem>("tpch_lineitem")
            .column<&LineItem::order_key>(azoth::named("l_orderkey"), azoth::primary_key, azoth::references<&Order::key>)
            .column<&LineItem::part_key>(azoth::named("l_partkey"), azoth::references<&Part::key>, azoth::indexed)
            .column<&LineItem::supplier_key>(azoth::named("l_suppkey"), azoth::references<&Supplier::key>, azoth::indexed)
            .column<&LineItem::line_number>(azoth::named("l_linenumber"), azoth::primary_key)
            .column<&LineItem::quantity>(azoth::named("l_quantity"), azoth::numeric(12, 2))
            .column<&LineItem::extended_price>(azoth::named("l_extendedprice"), azoth::numeric(12, 2))
            .column<&LineItem::discount>(azoth::named("l_discount"), azoth::numeric(12, 2))
            .column<&LineItem::tax>(azoth::named("l_tax"), azoth::numeric(12, 2))
            .column<&LineItem::return_flag>(azoth::named("l_returnflag"), azoth::string(1))
            .column<&LineItem::status>(azoth::named("l_linestatus"), azoth::string(1))
            .column<&LineItem::ship_date>(azoth::named("l_shipdate"), azoth::indexed)
            .column<&LineItem::commit_date>(azoth::named("l_commitdate"))
            .column<&LineItem::receipt_date>(azoth::named("l_receiptdate"))
            .column<&LineItem::instructions>(azoth::named("l_shipinstruct"), azoth::string(25))
            .column<&LineItem::mode>(azoth::named("l_shipmode"), azoth::string(10))
            .column<&LineItem::comment>(azoth::named("l_comment"), azoth::string(44));
    }
};
