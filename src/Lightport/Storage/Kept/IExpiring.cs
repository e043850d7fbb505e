namespace Lightport.Storage;

/// <summary>What is kept for one owner, for a while.</summary>
internal interface IExpiring
{
    /// <summary>Whose it is: for anybody else it does not exist.</summary>
    string Owner { get; }

    /// <summary>Its name among the owner's.</summary>
    string Id { get; }

    /// <summary>From then on it does not exist any more.</summary>
    DateTimeOffset ExpiresAt { get; }
}
