alter table model_call
    add column cost_origin text; -- the header or field that named the cost, or the price that was applied
