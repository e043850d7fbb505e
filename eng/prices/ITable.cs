using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>One public table of prices.</summary>
internal interface ITable
{
    /// <summary>As reports and prices call it.</summary>
    string Name { get; }

    /// <summary>The names of models that it has of a provider of the catalog.</summary>
    IEnumerable<string> ModelsOf(string provider);

    /// <summary>What it says that a model costs; null where it says nothing, or nothing that can be believed.</summary>
    PriceHistory? Find(string provider, string model);
}
