namespace Lightport.Storage;

/// <summary>
/// Whose an id is that a provider gave to what its account keeps: an answer, or an item of one. Of what is kept there
/// nothing stands here.
/// </summary>
/// <param name="Owner">Whose it is: for anybody else it does not exist.</param>
/// <param name="Id">As the provider told it.</param>
/// <param name="Provider">Who keeps it: the provider by its name in the configuration, and of several accounts which.
/// </param>
/// <param name="Model">The model's name there.</param>
/// <param name="ExpiresAt">From then on it is nobody's.</param>
public sealed record ResponseIdRecord(
    string Owner, string Id, string Provider, string Model, DateTimeOffset ExpiresAt);
