using Lightport.PriceTables;

if (args is not [var tables, var repository])
{
    Console.Error.WriteLine("usage: eng/prices.sh (which names the folder of the tables and the repository)");
    return 2;
}

SortedDictionary<string, string> files = Tables.Make(tables);
foreach (string folder in new[] { Tables.Prices, Tables.Facts })
{
    string path = Path.Combine(repository, folder);
    Directory.CreateDirectory(path);
    foreach (string old in Directory.GetFiles(path, "*.json"))
    {
        File.Delete(old);
    }
}

foreach ((string path, string text) in files)
{
    File.WriteAllText(Path.Combine(repository, path), text);
}

Console.WriteLine($"{files.Count} files written");
return 0;
