namespace Lightport.Routing;

/// <summary>What the configuration says of a provider's use of requests and answers; null where nothing.</summary>
/// <param name="KeepsNothing">It keeps neither, not even for a while.</param>
/// <param name="NeverTrains">It trains no model with them.</param>
public sealed record DataPolicy(bool? KeepsNothing, bool? NeverTrains)
{
    public static DataPolicy Unsaid { get; } = new(null, null);

    /// <summary>What is said here, and where nothing is, what is said of the more general.</summary>
    public DataPolicy Over(DataPolicy general) =>
        new(KeepsNothing ?? general.KeepsNothing, NeverTrains ?? general.NeverTrains);
}
