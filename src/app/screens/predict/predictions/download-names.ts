export function downloadName(tableName: string): string {
  return `${stemOf(tableName)}-predictions.csv`;
}

export function modelName(tableName: string): string {
  return `${stemOf(tableName)}-model.zip`;
}

function stemOf(tableName: string): string {
  return tableName.replace(/(\.(csv|tsv|txt))?(\.gz)?$/i, "");
}
