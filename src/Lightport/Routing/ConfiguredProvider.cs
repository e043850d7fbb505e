using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.Routing;

/// <summary>A catalog provider as this installation uses it.</summary>
/// <param name="Name">The name in configuration; the catalog's id unless another was chosen.</param>
/// <param name="Provider">The catalog's facts, base address and settings already filled in.</param>
/// <param name="SecretName">The secret that holds the key; null where none is sent.</param>
public sealed record ConfiguredProvider(string Name, Provider Provider, string? SecretName)
{
    /// <summary>What this installation says that all models of the provider take, over what is known of each.</summary>
    public Traits Traits { get; init; } = Traits.Unsaid;

    /// <summary>What this installation says that models cost there, over all that is known of them.</summary>
    internal PriceOverrides Prices { get; init; } = PriceOverrides.None;

    /// <summary>
    /// Of names that this installation gave models there, which models they are, whatever the case of a name.
    /// </summary>
    internal IReadOnlyDictionary<string, string> Deployments { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that its addresses are in, as its settings name it; null where they name none.</summary>
    public string? Region { get; init; }

    /// <summary>Every client key may name the files, containers and stores that its account keeps.</summary>
    public bool SharedFiles { get; init; }

    /// <summary>What it does with requests and answers.</summary>
    public DataPolicy Data { get; init; } = DataPolicy.Unsaid;

    /// <summary>How it stores the weights of all its models; null where nobody said.</summary>
    public string? Quantization { get; init; }

    /// <summary>Which of the provider's accounts this is; null where it has but one.</summary>
    public ProviderAccount? Account { get; init; }

    /// <summary>
    /// Who makes states that nobody else can read, and keeps what only it can find: the provider, and of several
    /// accounts which, by no word that clients may not know.
    /// </summary>
    public string Maker => Account is null ? Name : $"{Name}#{Account.Mark}";

    /// <summary>The provider's name in a <see cref="Maker"/>.</summary>
    public static string NameIn(string maker) => maker.Split('#')[0];

    /// <summary>
    /// Whether this is the one: what was made before the provider had several accounts can be of each of them.
    /// </summary>
    public bool IsMaker(string maker) => maker == Maker || maker == Name;

    /// <summary>
    /// The same provider with each of its accounts; none where it has but one. Targets are those with an account.
    /// </summary>
    public IReadOnlyList<ConfiguredProvider> Accounts { get; init; } = [];
}
