namespace Lightport.Providers;

/// <summary>
/// A provider that a host adds to the catalog, or puts in the place of the built-in one of the same id:
/// <c>services.AddSingleton(new ProviderFile("house.json", File.ReadAllBytes("house.json")))</c>.
/// </summary>
/// <param name="Name">The file's name, for errors.</param>
/// <param name="Json">Its text, in the format of the built-in files.</param>
public sealed record ProviderFile(string Name, ReadOnlyMemory<byte> Json);
