namespace Lightport.Storage;

/// <summary>Why a store did not do what it was asked.</summary>
public enum StoreFailure
{
    /// <summary>It cannot be reached, is throttling, or refuses this identity; another try may go better.</summary>
    Unavailable,

    /// <summary>Somebody else changed the same thing in between.</summary>
    Conflict,

    /// <summary>Nothing can be written here.</summary>
    ReadOnly,

    /// <summary>What it holds is half written or no longer makes sense.</summary>
    Damaged,

    /// <summary>It has no room for more, and lets nothing go before its time.</summary>
    Full,
}
