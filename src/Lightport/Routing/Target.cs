using System.Text.Json;
using Lightport.Prices;
using Lightport.Providers;
using Lightport.Routing.Selection;

namespace Lightport.Routing;

/// <summary>One place that a request may be sent to.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model's name there.</param>
public sealed record Target(ConfiguredProvider Provider, string Model)
{
    /// <summary>
    /// Its share of the traffic, beside those of its route's other targets, where the selection goes by weights; at 0
    /// it is asked after all others, whatever the selection.
    /// </summary>
    public int Weight { get; init; } = 1;

    /// <summary>
    /// What puts it in order among those that stand beside it with the same: the selection of the entry that a route
    /// was led through to it. Null where it stands for itself.
    /// </summary>
    public ISelectionPolicy? Selection { get; init; }

    /// <summary>The model's name is a client's own, in whole or in part, and may be that of no model.</summary>
    public bool NamedByClient { get; init; }

    /// <summary>A name for logs (<c>canary</c>).</summary>
    public string? Label { get; init; }

    /// <summary>Body fields that this target always gets, whatever the client sent.</summary>
    public IReadOnlyDictionary<string, JsonElement> Set { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What this installation says that the model takes, over all that is known of it.</summary>
    public Traits Traits { get; init; } = Traits.Unsaid;

    /// <summary>What is done here with requests and answers, over what is said of the provider.</summary>
    public DataPolicy Data { get; init; } = DataPolicy.Unsaid;

    /// <summary>How the model's weights are stored here; null where it is as at all models of the provider.</summary>
    public string? Quantization { get; init; }

    /// <summary>
    /// The model that it is, by the vendor's own name, which what is known of models goes by. The name that it is asked
    /// by, unless the configuration says that this is a deployment.
    /// </summary>
    internal string KnownAs => KnownName(Model);

    /// <summary>Whether the configuration says which model it is.</summary>
    internal bool IsDeployment => Provider.Deployments.ContainsKey(Model);

    /// <summary>This target at each account of its provider; itself where that has but one.</summary>
    public IReadOnlyList<Target> AtAccounts() => Provider.Accounts.Count == 0
        ? [this]
        : [.. Provider.Accounts.Select(account => this with { Provider = account })];

    /// <summary>Both are one target, at two accounts of its provider.</summary>
    internal bool IsOfOneTarget(Target other) =>
        Provider.Account is not null
        && Provider.Name == other.Provider.Name
        && Model == other.Model
        && ReferenceEquals(Set, other.Set);

    /// <summary>
    /// What it costs at a moment, as this installation says, or else the book; null where neither knows.
    /// </summary>
    internal ModelPrice? Price(PriceBook book, DateTimeOffset moment) => Price(Model, book, moment);

    /// <summary>The same of another model that its provider took for an answer, all or in part.</summary>
    internal ModelPrice? Price(string model, PriceBook book, DateTimeOffset moment) =>
        OwnPrice(model) ?? book.Find(Provider.Provider.Id, KnownName(model), moment)?.In(Provider.Region);

    /// <summary>What this installation says itself that it costs; null where it does not.</summary>
    internal ModelPrice? OwnPrice() => OwnPrice(Model);

    /// <summary><c>provider/model</c>, as errors and logs name it.</summary>
    public override string ToString() => $"{Provider.Name}/{Model}";

    private ModelPrice? OwnPrice(string model) =>
        Provider.Prices.Find(model) ?? Provider.Prices.Find(KnownName(model));

    private string KnownName(string model) => Provider.Deployments.GetValueOrDefault(model) ?? model;
}
