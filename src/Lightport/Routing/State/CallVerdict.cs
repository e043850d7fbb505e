namespace Lightport.Routing.State;

/// <summary>What the end of a call says of its target.</summary>
internal enum CallVerdict
{
    /// <summary>Nothing: the client went, or the gateway itself failed.</summary>
    Unknown,

    /// <summary>The target is there: it answered, or had a right to refuse.</summary>
    Alive,

    /// <summary>The target failed.</summary>
    Failed,
}
